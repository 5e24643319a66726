using System.Xml.Linq;
using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;
using RecordHub.Documents.Types;

namespace RecordHub.Documents.Cda;

/// <summary>HL7 CDA R2: header, sections, statements, embedded files. Fragments (a lone recordTarget or section) are read with a warning.</summary>
internal static class CdaDocumentReader
{
    public static ExtractedDocument Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        IReadOnlyList<XElement> roots = SafeXml.Load(content, context);
        XElement? document = roots.FirstOrDefault(r => r.Name.LocalName == "ClinicalDocument");
        if (document is null)
        {
            if (roots.Count == 0)
            {
                throw DocumentException.Unreadable("no XML element in it", "line 1, position 1");
            }

            // Standing in for the document, so that one way of reading serves both.
            document = new XElement("ClinicalDocument", roots);
            context.Warn("cda-fragment", "a part of a CDA document, not a whole one");
        }

        return Document(document, context);
    }

    private static ExtractedDocument Document(XElement document, ReadContext context)
    {
        AttachmentList attachments = new(context);
        TextSink text = new(context.Limits.MaxTextChars);
        string? title = document.Child("title").Words();
        DocumentCode? type = CdaTypes.Code(document.Child("code"), new Dictionary<string, string>());
        CdaBody body = new(context, attachments, text);
        if (title is not null)
        {
            text.Write(title);
            text.Paragraph();
        }

        body.Read(document);
        List<DocumentSubject> subjects = [.. document.Children("recordTarget").Select(Subject).OfType<DocumentSubject>()];
        if (subjects.Count > 1)
        {
            context.Warn("several-subjects", $"the document names {subjects.Count} patients");
        }

        (string? loinc, TypeEvidence? evidence) = Loinc(document.Child("code"), title);
        return new ExtractedDocument
        {
            Kind = DocumentKind.CdaDocument,
            Text = text.ToString(),
            Truncated = text.Truncated || body.Truncated,
            Title = title ?? type?.Display,
            Language = document.Child("languageCode").Stated("code"),
            LoincCode = loinc,
            LoincEvidence = evidence,
            TypeText = type?.Display,
            DocumentId = document.Child("id") is { } id && CdaTypes.Identifier(id) is { } own
                ? own.Issuer is null ? own.Value : $"{own.Issuer}^{own.Value}"
                : null,
            Created = CdaTypes.Time(document.Child("effectiveTime")),
            ServiceDate = CdaTypes.Time(document.Path("documentationOf", "serviceEvent", "effectiveTime"))
                ?? CdaTypes.Time(document.Path("componentOf", "encompassingEncounter", "effectiveTime")),
            OrderNumbers = [.. document.Children("inFulfillmentOf").Select(f => f.Path("order", "id")).OfType<XElement>()
                .Select(CdaTypes.Identifier).OfType<SubjectIdentifier>().Select(i => i with { Type = "accession" })],
            Authors = [.. document.Children("author").Select(Author).OfType<string>().Distinct()],
            Organisations = Organisations(document),
            Subjects = subjects,
            Sections = body.Sections,
            Entries = body.Entries,
            Attachments = attachments.Items,
            AbsentBody = body.Absent,
            Warnings = context.TakeWarnings(),
        };
    }

    private static (string? Code, TypeEvidence? Evidence) Loinc(XElement? code, string? title)
    {
        XElement? coded = code is null
            ? null
            : new[] { code }.Concat(code.Children("translation"))
                .FirstOrDefault(c => c.Stated("codeSystem") == Types.Loinc.CodeSystem && c.Stated("code") is not null);
        if (coded.Stated("code") is { } stated)
        {
            return (stated, TypeEvidence.Coded);
        }

        return TitleWords.Find(title) is { } words ? (words, TypeEvidence.TitleWords) : (null, null);
    }

    private static string? Author(XElement author)
    {
        XElement? assigned = author.Child("assignedAuthor");
        return CdaTypes.Person(assigned)
            ?? assigned.Path("representedOrganization", "name").Words()
            ?? assigned.Path("assignedAuthoringDevice", "softwareName").Words();
    }

    private static List<string> Organisations(XElement document)
    {
        string? custodian = document.Path(
            "custodian", "assignedCustodian", "representedCustodianOrganization", "name").Words();
        IEnumerable<string?> authors = document.Children("author")
            .Select(a => a.Path("assignedAuthor", "representedOrganization", "name").Words());
        return [.. new[] { custodian }.Concat(authors).OfType<string>().Distinct()];
    }

    private static DocumentSubject? Subject(XElement target)
    {
        XElement? role = target.Child("patientRole");
        XElement? patient = role.Child("patient");
        List<SubjectIdentifier> identifiers = [.. role.Children("id").Select(CdaTypes.Identifier).OfType<SubjectIdentifier>()];
        List<SubjectName> names = [.. CdaTypes.Names(patient)];
        DocumentDate? born = CdaTypes.Time(patient.Child("birthTime"));
        return identifiers.Count == 0 && names.Count == 0 && born is null
            ? null
            : new DocumentSubject
            {
                Evidence = SubjectEvidence.Structured,
                Identifiers = identifiers,
                Names = names,
                BirthDate = born,
                Sex = CdaTypes.Sex(patient.Child("administrativeGenderCode")),
            };
    }
}
