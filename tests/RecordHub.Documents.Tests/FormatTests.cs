using System.Text;

namespace RecordHub.Documents.Tests;

public sealed class FormatTests
{
    [Test]
    public void A_pdf_gives_the_words_of_its_pages()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Pdf,
            Samples.Pdf(["PATHOLOGY REPORT", "Patient: Muster, Anna", "MRN: 47-11"], ["second page"]));

        Assert.Multiple(() =>
        {
            Assert.That(document.PageCount, Is.EqualTo(2));
            Assert.That(document.Text, Does.Contain("PATHOLOGY REPORT").And.Contain("second page"));
            Assert.That(document.LoincCode, Is.EqualTo("11526-1"));
            Assert.That(document.LoincEvidence, Is.EqualTo(TypeEvidence.TitleWords));
            Assert.That(document.Subjects.Single().Names.Single().Family, Is.EqualTo("Muster"));
            Assert.That(document.Subjects.Single().Identifiers.Single().Value, Is.EqualTo("47-11"));
        });
    }

    [Test]
    public void A_pdf_that_draws_no_blanks_or_draws_twice_reads_like_any_other()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Pdf, Samples.PdfOf(
            ("Patient:", 50, 700), ("Muster,", 150, 700), ("Anna", 186, 700), ("Anna", 186.1, 700), ("MRN:", 50, 688), ("4711", 150, 688),
            ("Findings", 50, 640)));

        Assert.Multiple(() =>
        {
            Assert.That(document.Text, Is.EqualTo("Patient:\tMuster, Anna\nMRN:\t4711\n\nFindings"));
            Assert.That(document.Subjects.Single().Names.Single().Family, Is.EqualTo("Muster"));
        });
    }

    [Test]
    public void A_pdf_without_an_end_says_where_it_breaks()
    {
        byte[] whole = Samples.Pdf(["text"]);

        DocumentOutcome outcome = Reading.Outcome(DocumentKind.Pdf, "%PDF-1.4\n1 0 obj << /Type /Catalog"u8.ToArray());

        Assert.Multiple(() =>
        {
            Assert.That(outcome, Is.TypeOf<DocumentOutcome.Unreadable>().With.Property("Where").Contains("byte"));
            Assert.That(Reading.Outcome(DocumentKind.Pdf, whole[..(whole.Length / 3)]), Is.Not.Null);
        });
    }

    [Test]
    public void A_pdf_of_chained_run_length_filters_is_too_large()
    {
        string filters = string.Join(' ', Enumerable.Repeat("/RunLengthDecode", 8));
        StringBuilder pdf = new("%PDF-1.4\n");
        List<int> offsets = [];
        foreach (string body in new[]
        {
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
            $"<</Length 5/Filter[/ASCIIHexDecode {filters}]>>stream\n8181>\nendstream",
        })
        {
            offsets.Add(pdf.Length);
            pdf.Append(null, $"{offsets.Count} 0 obj{body}endobj\n");
        }

        int xref = pdf.Length;
        pdf.Append(null, $"xref\n0 5\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}");
        pdf.Append(null, $"trailer<</Root 1 0 R/Size 5>>\nstartxref\n{xref}\n%%EOF");

        DocumentOutcome outcome = Reading.Outcome(DocumentKind.Pdf, Encoding.ASCII.GetBytes(pdf.ToString()));

        Assert.That(outcome, Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.InflatedBytes));
    }

    [Test]
    public void A_pdf_over_the_page_limit_is_read_up_to_it()
    {
        ExtractedDocument document = Reading.One(
            DocumentKind.Pdf, Samples.Pdf(["one"], ["two"], ["three"]), DocumentLimits.Default with { MaxPages = 2 });

        Assert.Multiple(() =>
        {
            Assert.That(document.Text, Does.Contain("two").And.Not.Contain("three"));
            Assert.That(document.WarningNames(), Does.Contain("page-limit"));
        });
    }

    [Test]
    public void A_docx_gives_paragraphs_cells_and_properties_but_no_deleted_text()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Docx, Samples.Docx("Arztbrief", "Frau Anna Muster, geb. am 12.03.1965"));

        Assert.Multiple(() =>
        {
            Assert.That(document.Text, Is.EqualTo("Arztbrief\nFrau Anna Muster, geb. am 12.03.1965\nHb\t12.1"));
            Assert.That(document.Title, Is.EqualTo("Arztbrief"));
            Assert.That(document.LoincCode, Is.EqualTo("57133-1"));
            Assert.That(document.Authors, Is.EqualTo(new[] { "Dr House" }));
            Assert.That(document.Subjects.Single().BirthDate?.Day, Is.EqualTo(new DateOnly(1965, 3, 12)));
            Assert.That(document.Subjects.Single().Names.Single().Text, Is.EqualTo("Anna Muster"));
        });
    }

    [Test]
    public void A_docx_bomb_is_refused_by_size_ratio_and_count()
    {
        byte[] zeros = Samples.Zip(("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/document.xml", new byte[4 << 20]));
        byte[] many = Samples.Zip([.. Enumerable.Range(0, 50).Select(i => ($"word/{i}", new byte[] { 1 }))]);

        Assert.Multiple(() =>
        {
            Assert.That(Reading.Outcome(DocumentKind.Docx, zeros),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.InflationRatio));
            Assert.That(Reading.Outcome(DocumentKind.Docx, zeros, DocumentLimits.Default with { MaxEntryBytes = 1 << 19 }),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.InflatedBytes));
            Assert.That(Reading.Outcome(DocumentKind.Docx, many, DocumentLimits.Default with { MaxEntries = 40 }),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.ContainerEntries));
        });
    }

    [Test]
    public void Old_word_files_are_kept_with_advice_and_encrypted_ones_are_told_apart()
    {
        byte[] signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        byte[] encrypted = [.. signature, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")];

        Assert.Multiple(() =>
        {
            Assert.That(Reading.Outcome(DocumentKind.LegacyDoc, signature), Is.TypeOf<DocumentOutcome.Unsupported>());
            Assert.That(Reading.Outcome(DocumentKind.Docx, encrypted), Is.TypeOf<DocumentOutcome.Encrypted>());
        });
    }

    [TestCase(@"{\rtf1\ansi\ansicpg1252 M\'fcller}", "Müller")]
    [TestCase(@"{\rtf1\ansi\uc1 M\u252?ller}", "Müller")]
    [TestCase(@"{\rtf1\ansi\uc2 \u8211\'96\'96x}", "–x")]
    [TestCase(@"{\rtf1\ansi\uc0 \u-10179\u-8704 x}", "\U0001F600x")]
    [TestCase(@"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}\f1 Ku\'e8era\f0 \'e8}", "Kučeraè")]
    [TestCase(@"{\rtf1\ansi{\fonttbl{\f0\fcharset128 MS Mincho;}}\f0 \'8e\'52\'93\'63}", "山田")]
    [TestCase(@"{\rtf1\ansi{\stylesheet{\s0 Normal;}}{\*\generator Word;}one\par two\tab three\line four}", "one\ntwo\tthree\nfour")]
    [TestCase(@"{\rtf1\ansi{\pict\wmetafile8 0102ab}text {\v hidden}\{braces\}}", "text {braces}")]
    [TestCase(@"{\rtf1\ansi{\field{\*\fldinst HYPERLINK ""http://x""}{\fldrslt link}} after}", "link after")]
    [TestCase(@"{\rtf1\ansi{\upr{ansi}{\*\ud{u\u233?}}}}", "ué")]
    [TestCase(@"{\rtf1\ansi a\bin4 {{{{b}", "ab")]
    [TestCase(@"{\rtf1\ansi\trowd\intbl Hb\cell 12\cell\row after}", "Hb\t12\nafter")]
    public void Rtf_gives_its_words(string rtf, string words)
    {
        Assert.That(Reading.One(DocumentKind.Rtf, Encoding.Latin1.GetBytes(rtf)).Text, Is.EqualTo(words));
    }

    [Test]
    public void Rtf_cut_off_is_read_with_a_warning_and_deep_groups_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.One(DocumentKind.Rtf, @"{\rtf1 {\b half").WarningNames(), Does.Contain("cut-off"));
            Assert.That(Reading.Outcome(DocumentKind.Rtf, @"{\rtf1" + new string('{', 5_000)),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.Nesting));
        });
    }

    [Test]
    public void Rtf_properties_and_pictures_are_taken()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Rtf,
            @"{\rtf1\ansi{\info{\title Operative note}{\author House}{\creatim\yr2024\mo1\dy2\hr3\min4}}{\*\shppict{\pict\pngblip 89504e470d0a}}x}");

        Assert.Multiple(() =>
        {
            Assert.That(document.LoincCode, Is.EqualTo("11504-8"));
            Assert.That(document.Authors, Is.EqualTo(new[] { "House" }));
            Assert.That(document.Created?.Day, Is.EqualTo(new DateOnly(2024, 1, 2)));
            Assert.That(document.Attachments.Single().MediaType, Is.EqualTo("image/png"));
        });
    }

    [Test]
    public void Html_shows_what_a_browser_would_show()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Html, """
            <!doctype html><html lang="de"><head><title>Befund</title><script>alert(1)</script><style>p{}</style></head>
            <body><h1>Radiologischer Befund</h1><p>Kein   Nachweis<br>von Rundherden.</p><table><tr><td>Hb</td><td>12</td></tr></table>
            <ul><li>eins</li></ul><img alt="Logo" src="http://127.0.0.1:1/x.png"><img src="data:image/png;base64,iVBORw0KGgo="></body></html>
            """);

        Assert.Multiple(() =>
        {
            Assert.That(document.Text, Is.EqualTo("Radiologischer Befund\n\nKein Nachweis\nvon Rundherden.\n\nHb\t12\n\n- eins\n\nLogo"));
            Assert.That(document.Language, Is.EqualTo("de"));
            Assert.That(document.LoincCode, Is.EqualTo("18748-4"));
            Assert.That(document.Attachments.Single().MediaType, Is.EqualTo("image/png"));
        });
    }

    [Test]
    public void Html_is_bounded_in_depth_and_size()
    {
        string deep = string.Concat(Enumerable.Repeat("<div>", 5_000)) + "text";
        string deeper = string.Concat(Enumerable.Repeat("<div>", 200_000)) + "text";

        Assert.Multiple(() =>
        {
            Assert.That(Reading.One(DocumentKind.Html, deep).Text, Is.EqualTo("text"));
            Assert.That(Reading.Outcome(DocumentKind.Html, deeper),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.Nesting));
            Assert.That(Reading.Outcome(DocumentKind.Html, deep, DocumentLimits.Default with { MaxMarkupBytes = 1_000 }),
                Is.TypeOf<DocumentOutcome.TooLarge>());
        });
    }

    [TestCase(65001, true)]
    [TestCase(1200, true)]
    [TestCase(1201, true)]
    [TestCase(65001, false)]
    [TestCase(1200, false)]
    [TestCase(1252, false)]
    public void Plain_text_is_decoded_by_its_bytes(int codePage, bool marked)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding encoding = Encoding.GetEncoding(codePage);
        byte[] content = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes("Größe und Gewicht\r\nder Läsion")];

        Assert.That(Reading.One(DocumentKind.PlainText, content).Text, Is.EqualTo("Größe und Gewicht\nder Läsion"));
    }

    [Test]
    public void Odt_gives_paragraphs_and_counted_blanks()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Odt, Samples.Odt("""
            <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
            <office:body><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Informe de alta</text:h>
            <text:p>uno<text:tab/>dos<text:line-break/>tres<text:s text:c="2"/>cuatro</text:p></office:text></office:body></office:document-content>
            """));

        Assert.Multiple(() =>
        {
            Assert.That(document.Text, Is.EqualTo("Informe de alta\nuno\tdos\ntres cuatro"));
            Assert.That(document.LoincCode, Is.EqualTo("18842-5"));
        });
    }

    [Test]
    public void Text_is_cut_at_the_limit_and_says_so()
    {
        ExtractedDocument document = Reading.One(
            DocumentKind.PlainText, new string('a', 5_000), DocumentLimits.Default with { MaxTextChars = 100 });

        Assert.Multiple(() =>
        {
            Assert.That(document.Text, Has.Length.EqualTo(100));
            Assert.That(document.Truncated, Is.True);
        });
    }

    [Test]
    public void Content_over_the_limit_is_refused_and_empty_content_is_unreadable()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Outcome(DocumentKind.PlainText, new byte[200], DocumentLimits.Default with { MaxContentBytes = 100 }),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.ContentBytes));
            Assert.That(Reading.Outcome(DocumentKind.PlainText, []), Is.TypeOf<DocumentOutcome.Unreadable>());
        });
    }

    [Test]
    public void Time_is_a_limit_and_the_callers_token_is_the_callers()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        using MemoryStream content = new(Samples.Pdf(["x"]));

        Assert.Multiple(() =>
        {
            Assert.That(Reading.Outcome(DocumentKind.Pdf, Samples.Pdf(["x"]), DocumentLimits.Default with { MaxDuration = TimeSpan.Zero }),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.Duration));
            Assert.That(() => DocumentReader.Read(DocumentKind.Pdf, content, DocumentLimits.Default, cancelled.Token),
                Throws.InstanceOf<OperationCanceledException>());
        });
    }

    [Test]
    public void Nothing_prints_what_it_holds()
    {
        ExtractedDocument document = Reading.One(DocumentKind.PlainText, "Patient: Muster, Anna\nMRN: 4711\nDOB: 1965-03-12");

        Assert.That(new object[] { document, document.Subjects[0], document.Subjects[0].Names[0], document.Subjects[0].Identifiers[0] }
            .Select(o => o.ToString()), Has.None.Contains("Muster").And.None.Contains("4711"));
    }
}
