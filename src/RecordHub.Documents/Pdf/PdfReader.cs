using RecordHub.Documents.Reading;
using RecordHub.Documents.Subjects;
using RecordHub.Documents.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.AcroForms;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace RecordHub.Documents.Pdf;

/// <summary>PDF (ISO 32000): the words of each page in reading order, filled-in form fields, embedded files.</summary>
internal static class PdfReader
{
    private const int MaxStackDepth = 100;

    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        int header = content.Span[..Math.Min(content.Length, 64 * 1024)].IndexOf("%PDF-"u8);
        if (header < 0)
        {
            throw DocumentException.Unreadable("no %PDF header", "byte 0");
        }

        // PdfPig takes no token and one page of a hostile file can take for ever, so it works on a thread of its own, over a
        // stream and filters that throw once time is up. A loop that touches neither is left behind on its background thread.
        return PdfThread.Run(() => Open(content[header..], header, context), context);
    }

    private static ExtractedDocument Open(ReadOnlyMemory<byte> content, int header, ReadContext context)
    {
        ParsingOptions options = new()
        {
            UseLenientParsing = true,
            SkipMissingFonts = true,
            MaxStackDepth = MaxStackDepth,
            UseActualText = true,
            FilterProvider = new CountingFilterProvider(context),
        };
        using StoppableStream stream = new(content, context.Stop);
        PdfDocument document;
        try
        {
            document = PdfDocument.Open(stream, options);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw DocumentException.Encrypted("the PDF needs a password; send a copy without one");
        }
        catch (PdfDocumentFormatException)
        {
            throw DocumentException.Unreadable("the PDF's structure is damaged", PdfDamage.Where(content.Span, header));
        }
        catch (Exception broken) when (PdfDamage.IsDamage(broken))
        {
            throw DocumentException.Unreadable(
                $"the PDF's structure is damaged ({broken.GetType().Name})", PdfDamage.Where(content.Span, header));
        }

        using (document)
        {
            return Extract(document, content, header, context);
        }
    }

    private static ExtractedDocument Extract(PdfDocument document, ReadOnlyMemory<byte> content, int header, ReadContext context)
    {
        int pages = document.NumberOfPages;
        TextSink text = new(context.Limits.MaxTextChars);
        TextSink notes = new(context.Limits.MaxTextChars);
        int damaged = 0;
        int pictures = 0;
        int worded = 0;
        for (int number = 1; number <= Math.Min(pages, context.Limits.MaxPages) && !text.Truncated; number++)
        {
            context.Check();
            try
            {
                Page page = document.GetPage(number);
                bool any = PdfPageText.Write(page, text);
                worded += any ? 1 : 0;
                PdfNotes.Write(page, notes);
                pictures += !any && page.NumberOfImages > 0 ? 1 : 0;
            }
            catch (Exception broken) when (PdfDamage.IsDamage(broken))
            {
                damaged++;
                context.Warn("page-unreadable", $"page {number} could not be read ({broken.GetType().Name})");
            }

            text.Paragraph();
        }

        if (pages == 0 || (damaged > 0 && damaged == Math.Min(pages, context.Limits.MaxPages)))
        {
            throw DocumentException.Unreadable(
                pages == 0 ? "the PDF has no pages" : "no page of the PDF can be read",
                pages == 0 ? PdfDamage.Where(content.Span, header) : "page 1");
        }

        if (pages > context.Limits.MaxPages)
        {
            context.Warn("page-limit", $"{pages} pages; the text of the first {context.Limits.MaxPages} was taken");
        }

        WriteForm(document, text);
        if (text.IsEmpty)
        {
            context.Warn("no-text", pictures > 0
                ? "the pages are pictures without text (a scan); text recognition would be needed to search them"
                : "the pages hold no text");
        }
        else if (pictures > 0)
        {
            context.Warn("picture-pages", $"{pictures} of {pages} pages are pictures without text");
        }

        DocumentInformation information = document.Information;
        AttachmentList attachments = new(context);
        TakeFiles(document, attachments, context);
        return FreeText.Document(DocumentKind.Pdf, text, information.Title, context, notes.ToString()) with
        {
            PageCount = pages,
            Created = StandardTime.Parse(information.CreationDate),
            Authors = FreeText.People(information.Author),
            Language = Language(document),
            Attachments = attachments.Items,
            Warnings = context.TakeWarnings(),
        };
    }

    /// <summary>Catalog /Lang (ISO 32000 §14.9.2).</summary>
    private static string? Language(PdfDocument document)
    {
        UglyToad.PdfPig.Tokens.DictionaryToken catalog = document.Structure.Catalog.CatalogDictionary;
        return catalog.TryGet(UglyToad.PdfPig.Tokens.NameToken.Create("Lang"), out UglyToad.PdfPig.Tokens.IToken token)
            && token is UglyToad.PdfPig.Tokens.StringToken { Data: { Length: > 1 and < 36 } tag }
            && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? tag
            : null;
    }

    /// <summary>Form fields are not page content, so what somebody filled in would be lost otherwise.</summary>
    private static void WriteForm(PdfDocument document, TextSink text)
    {
        try
        {
            if (!document.TryGetForm(out AcroForm? form))
            {
                return;
            }

            foreach (AcroFieldBase field in form.GetFields().Take(10_000))
            {
                string? value = field switch
                {
                    AcroTextField words => words.Value,
                    AcroComboBoxField combo => string.Join(", ", combo.SelectedOptions),
                    AcroListBoxField list => string.Join(", ", list.SelectedOptions),
                    AcroCheckboxField check => check.IsChecked ? "yes" : null,
                    AcroRadioButtonField radio => radio.IsSelected ? "yes" : null,
                    _ => null,
                };
                string? name = field.Information.AlternateName ?? field.Information.PartialName;
                if (!string.IsNullOrWhiteSpace(value))
                {
                    text.Line();
                    text.Write(string.IsNullOrWhiteSpace(name) ? value : $"{name}: {value}");
                }
            }
        }
        catch (Exception broken) when (PdfDamage.IsDamage(broken))
        {
            // A damaged form does not make the pages unreadable.
            text.Line();
        }
    }

    private static void TakeFiles(PdfDocument document, AttachmentList attachments, ReadContext context)
    {
        try
        {
            if (document.Advanced.TryGetEmbeddedFiles(out IReadOnlyList<EmbeddedFile>? files))
            {
                foreach (EmbeddedFile file in files)
                {
                    attachments.Add(null, file.Name, file.Memory);
                }
            }
        }
        catch (Exception broken) when (PdfDamage.IsDamage(broken))
        {
            context.Warn("attachment-unreadable", "the files embedded in the PDF could not be read");
        }
    }
}
