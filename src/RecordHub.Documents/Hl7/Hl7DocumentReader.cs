using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;
using RecordHub.Documents.Types;

namespace RecordHub.Documents.Hl7;

/// <summary>
/// HL7 v2 messages as documents: one per message, and one per patient of an ORU or a merge (their groups repeat).
/// </summary>
internal static class Hl7DocumentReader
{
    public static IReadOnlyList<ExtractedDocument> Read(ReadOnlyMemory<byte> content, ReadContext context)
    {
        List<ExtractedDocument> documents = [];
        foreach (Er7Message message in Er7File.Read(content, context))
        {
            foreach (Er7Message part in PerPatient(message))
            {
                context.Check();
                documents.Add(Document(part, context));
            }
        }

        // What was found while splitting the file is told once, with the first message.
        return documents;
    }

    private static IEnumerable<Er7Message> PerPatient(Er7Message message)
    {
        List<int> patients = [.. Enumerable.Range(0, message.Segments.Count).Where(i => message.Segments[i].Name == "PID")];
        if (!(message.Type is "ORU" || Hl7Merges.Is(message)) || patients.Count < 2)
        {
            yield return message;
            yield break;
        }

        List<Er7Segment> head = [.. message.Segments.Take(patients[0])];
        for (int i = 0; i < patients.Count; i++)
        {
            int end = i + 1 < patients.Count ? patients[i + 1] : message.Segments.Count;
            yield return new Er7Message(
                [.. head, .. message.Segments.Skip(patients[i]).Take(end - patients[i])], message.Offset);
        }
    }

    private static ExtractedDocument Document(Er7Message message, ReadContext context)
    {
        AttachmentList attachments = new(context);
        Hl7Observations observations = new(message, attachments, context);
        Er7Segment header = message.Header;
        Er7Segment? txa = message.First("TXA");
        IReadOnlyList<Er7Segment> orders = [.. message.All("OBR")];
        Er7Segment? order = orders.Count > 0 ? orders[0] : null;
        (string? loinc, TypeEvidence? evidence, string? title) = Type(txa, orders);
        if (message.Type is not ("ORU" or "MDM" or "ADT" or "ORM" or "OML" or "OMG" or "OUL" or "VXU" or "REF" or "MFN" or "RDE"
            or "RDS" or "PPR" or "SIU" or "BAR" or "DFT" or "RAS" or "ACK"))
        {
            context.Warn("message-type", "the message type is not one that is known here; its segments were read as they are");
        }

        if (message.First("PID") is null)
        {
            context.Warn("no-patient-segment", "the message has no PID segment");
        }

        TextSink text = new(context.Limits.MaxTextChars);
        Hl7Narrative.Write(message, observations.Items, text);
        return new ExtractedDocument
        {
            Kind = DocumentKind.Hl7V2,
            Text = text.ToString(),
            Truncated = text.Truncated,
            Title = title,
            Language = header.Text(19),
            LoincCode = loinc,
            LoincEvidence = loinc is null ? null : evidence,
            TypeText = MessageType(header),
            DocumentId = txa?.Text(12) ?? header.Text(10),
            Created = Time(txa, 6) ?? Time(txa, 7) ?? Time(txa, 4) ?? Time(order, 22) ?? Time(order, 7) ?? Time(header, 7),
            ServiceDate = Time(order, 7) ?? Time(txa, 4) ?? Time(message.First("PV1"), 44),
            OrderNumbers = OrderNumbers(message, orders, txa),
            Authors = Authors(txa, orders),
            Organisations = Organisations(header),
            Subjects = [.. message.All("PID").Select(Subject).OfType<DocumentSubject>()],
            Merge = Hl7Merges.Read(message),
            Entries = Hl7Statements.Read(message, context.Limits.MaxEntriesPerList),
            Observations = observations.Items,
            Attachments = attachments.Items,
            AbsentBody = Absent(observations.Items, attachments),
            Warnings = context.TakeWarnings(),
        };
    }

    // A message that reports nothing but files (ED, RP), none of which came with it.
    private static AbsentBody? Absent(IReadOnlyList<DocumentObservation> observations, AttachmentList attachments) =>
        observations.Count > 0 && attachments.Items.Count == 0 && observations.All(one => one.ValueType is "ED" or "RP")
            ? new AbsentBody(null, Came: observations.Any(one => one.ValueType == "ED")) : null;

    private static (string? Loinc, TypeEvidence? Evidence, string? Title) Type(Er7Segment? txa, IReadOnlyList<Er7Segment> orders)
    {
        if (txa is not null)
        {
            DocumentCode code = Er7Types.Code(txa.First(2));
            (string Text, string? Loinc)? known = Hl7Tables.DocumentType(code.Code);
            string? title = code.Display ?? known?.Text ?? code.Code;
            if (Hl7Tables.IsLoinc(code.System) && code.Code is not null)
            {
                return (code.Code, TypeEvidence.Coded, title);
            }

            return known?.Loinc is { } mapped
                ? (mapped, TypeEvidence.Mapped, title)
                : (TitleWords.Find(title), TypeEvidence.TitleWords, title);
        }

        List<DocumentCode> services = [.. orders.Select(o => Er7Types.Code(o.First(4))).Distinct()];
        string? name = services.Count > 0 ? services[0].Display ?? services[0].Code : null;
        if (services is [{ Code: { } single } only] && Hl7Tables.IsLoinc(only.System))
        {
            return (single, TypeEvidence.Coded, name);
        }

        List<string?> sections = [.. orders.Select(o => Hl7Tables.Section(o.Text(24))).Distinct()];
        return sections is [{ } section]
            ? (section, TypeEvidence.Mapped, name)
            : (services.Count == 1 ? TitleWords.Find(name) : null, TypeEvidence.TitleWords, name);
    }

    private static string? MessageType(Er7Segment header)
    {
        Er7Field type = header.First(9);
        return (type.Text(1), type.Text(2)) switch
        {
            (null, _) => null,
            ({ } code, null) => code,
            ({ } code, { } trigger) => $"{code}^{trigger}",
        };
    }

    private static DocumentDate? Time(Er7Segment? segment, int field) => StandardTime.Parse(segment?.Text(field));

    private static List<SubjectIdentifier> OrderNumbers(
        Er7Message message, IReadOnlyList<Er7Segment> orders, Er7Segment? txa)
    {
        List<SubjectIdentifier?> found = [];
        foreach (Er7Segment order in orders)
        {
            found.Add(Er7Types.Order(order.First(2), "placer"));
            found.Add(Er7Types.Order(order.First(3), "filler"));
            found.Add(Er7Types.Order(order.First(18), "accession"));
        }

        foreach (Er7Segment order in message.All("ORC"))
        {
            found.Add(Er7Types.Order(order.First(2), "placer"));
            found.Add(Er7Types.Order(order.First(3), "filler"));
        }

        foreach (Er7Segment ipc in message.All("IPC"))
        {
            found.Add(Er7Types.Order(ipc.First(1), "accession"));
            found.Add(ipc.Text(3) is { } uid ? new SubjectIdentifier(null, uid, "study-instance-uid") : null);
        }

        found.Add(txa is null ? null : Er7Types.Order(txa.First(14), "placer"));
        found.Add(txa is null ? null : Er7Types.Order(txa.First(15), "filler"));
        return [.. found.OfType<SubjectIdentifier>().Distinct()];
    }

    private static List<string> Authors(Er7Segment? txa, IReadOnlyList<Er7Segment> orders)
    {
        IEnumerable<Er7Field> people = txa is not null
            ? txa.Repetitions(9).Concat(txa.Repetitions(5))
            : orders.SelectMany(o => o.Repetitions(32));
        return [.. people.Select(Er7Types.Person).OfType<string>().Distinct()];
    }

    private static List<string> Organisations(Er7Segment header) =>
        [.. new[] { header.First(22).Text(1), header.First(4).Text(1), header.First(3).Text(1) }.OfType<string>().Distinct().Take(2)];

    private static DocumentSubject? Subject(Er7Segment pid)
    {
        List<SubjectIdentifier> identifiers =
        [
            .. pid.Repetitions(3).Select(Er7Types.Identifier).OfType<SubjectIdentifier>(),
            .. pid.Repetitions(2).Concat(pid.Repetitions(4)).Select(Er7Types.External).OfType<SubjectIdentifier>(),
        ];
        if (pid.Text(19) is { } social)
        {
            identifiers.Add(new SubjectIdentifier("2.16.840.1.113883.4.1", social, "SS"));
        }

        List<SubjectName> names = [.. pid.Repetitions(5).Concat(pid.Repetitions(9)).Select(Er7Types.Name).OfType<SubjectName>()];
        DocumentDate? born = StandardTime.Parse(pid.Text(7));
        SubjectSex? sex = Er7Types.Sex(pid.Text(8));
        return identifiers.Count == 0 && names.Count == 0 && born is null
            ? null
            : new DocumentSubject
            {
                Evidence = SubjectEvidence.Structured,
                Identifiers = [.. identifiers.DistinctBy(i => (i.Issuer, i.Value, i.Type))],
                Names = names,
                BirthDate = born,
                Sex = sex,
            };
    }
}
