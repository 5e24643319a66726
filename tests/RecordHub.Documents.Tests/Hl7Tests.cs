using System.Text;

namespace RecordHub.Documents.Tests;

public sealed class Hl7Tests
{
    private const string Header = "MSH|^~\\&|LAB|NORTH|RH|RSO|20240102030405+0100||ORU^R01|M1|P|2.5\r";
    private const string Patient = "PID|1||4711^^^NORTH&1.2.3&ISO^MR~999^^^OTHER^PI||Muster^Anna^Maria^Jr^Dr^^L||19650312|F\r";

    [Test]
    public void A_result_message_gives_patient_order_and_observations()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2,
            Header + Patient
            + "OBR|1|P1^HIS|F1^LIS|24331-1^Lipid panel^LN|||202401011200|||||||||||ACC9\r"
            + "OBX|1|NM|2093-3^Cholesterol^LN||5.2|mmol/L|3.0-5.0|H|||F|||202401011300\r"
            + "NTE|1||fasting\r");

        DocumentSubject subject = document.Subjects.Single();
        DocumentObservation observation = document.Observations.Single();
        Assert.Multiple(() =>
        {
            Assert.That(subject.Identifiers[0].Value, Is.EqualTo("4711"));
            Assert.That(subject.Identifiers[0].Issuer, Is.EqualTo("NORTH"));
            Assert.That(subject.Identifiers[0].IssuerUniversalId, Is.EqualTo("1.2.3"));
            Assert.That(subject.Identifiers[1].Issuer, Is.EqualTo("OTHER"));
            Assert.That(subject.Names[0].Family, Is.EqualTo("Muster"));
            Assert.That(subject.Names[0].Given, Is.EqualTo(new[] { "Anna", "Maria" }));
            Assert.That(subject.BirthDate?.Day, Is.EqualTo(new DateOnly(1965, 3, 12)));
            Assert.That(subject.Sex, Is.EqualTo(SubjectSex.Female));
            Assert.That(document.LoincCode, Is.EqualTo("24331-1"));
            Assert.That(document.LoincEvidence, Is.EqualTo(TypeEvidence.Coded));
            Assert.That(document.OrderNumbers.Select(o => o.Value), Is.EqualTo(new[] { "P1", "F1", "ACC9" }));
            Assert.That(observation.Value, Is.EqualTo("5.2"));
            Assert.That(observation.Unit, Is.EqualTo("mmol/L"));
            Assert.That(observation.ReferenceRange, Is.EqualTo("3.0-5.0"));
            Assert.That(observation.Flag, Is.EqualTo("H"));
            Assert.That(observation.Note, Is.EqualTo("fasting"));
            Assert.That(observation.Time?.Precision, Is.EqualTo(DatePrecision.Minute));
            Assert.That(document.Text, Does.Contain("Cholesterol: 5.2 mmol/L [3.0-5.0] (H)"));
        });
    }

    [TestCase("\r")]
    [TestCase("\n")]
    [TestCase("\r\n")]
    public void Segments_may_end_in_any_line_end(string end)
    {
        string message = (Header + Patient).Replace("\r", end, StringComparison.Ordinal);

        Assert.That(Reading.One(DocumentKind.Hl7V2, message).Subjects, Has.Count.EqualTo(1));
    }

    [Test]
    public void Framing_bytes_and_a_byte_order_mark_are_taken_off()
    {
        byte[] framed = [0x0B, .. Encoding.UTF8.GetBytes(Header + Patient), 0x1C, 0x0D];
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Header + Patient)];

        Assert.Multiple(() =>
        {
            Assert.That(Reading.One(DocumentKind.Hl7V2, framed).Subjects, Has.Count.EqualTo(1));
            Assert.That(Reading.One(DocumentKind.Hl7V2, marked).Subjects, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void The_message_names_its_own_separators()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2,
            "MSH#*!\\%#LAB#NORTH###20240102##ORU*R01#M1#P#2.5\rPID###4711***NORTH%1.2.3%ISO*MR##Muster*Anna\r");

        Assert.Multiple(() =>
        {
            Assert.That(document.Subjects[0].Identifiers[0].Issuer, Is.EqualTo("NORTH"));
            Assert.That(document.Subjects[0].Names[0].Family, Is.EqualTo("Muster"));
        });
    }

    [TestCase(@"a\F\b\S\c\T\d\R\e\E\f", "a|b^c&d~e\\f")]
    [TestCase(@"one\.br\two", "one\ntwo")]
    [TestCase(@"one\X0D0A\two", "one\ntwo")]
    [TestCase(@"\H\bold\N\", "bold")]
    [TestCase(@"C:\temp\file", @"C:\temp\file")]
    [TestCase(@"5\X41\6", "5A6")]
    public void Escape_sequences_are_read(string written, string read)
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2, Header + Patient + $"OBX|1|TX|1^x||{written}||||||F\r");

        Assert.That(document.Observations[0].Value, Is.EqualTo(read));
    }

    [TestCase("8859/1", 1252, "Müller")]
    [TestCase("8859/2", 28592, "Kučera")]
    [TestCase("UNICODE UTF-8", 65001, "Müller")]
    [TestCase("GB 18030-2000", 54936, "王小明")]
    [TestCase("ISO IR87", 50222, "山田")]
    [TestCase("KS X 1001", 949, "김희중")]
    [TestCase("BIG-5", 950, "許功蓋")]
    [TestCase("", 65001, "Müller")]
    [TestCase("", 1252, "Müller")]
    public void The_charset_is_what_the_header_says_or_what_the_bytes_can_be(string stated, int codePage, string family)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string message = $"MSH|^~\\&|A|B|||20240102||ADT^A08|1|P|2.5||||||{stated}\rPID|||1||{family}^X\r";

        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2, Encoding.GetEncoding(codePage).GetBytes(message));

        Assert.That(document.Subjects[0].Names[0].Family, Is.EqualTo(family));
    }

    [Test]
    public void A_batch_gives_one_document_per_message_and_a_wrong_count_is_told()
    {
        IReadOnlyList<ExtractedDocument> documents = Reading.All(DocumentKind.Hl7V2, Encoding.UTF8.GetBytes(
            "FHS|^~\\&|A\rBHS|^~\\&|A\r" + Header + Patient + Header.Replace("M1", "M2", StringComparison.Ordinal)
            + Patient.Replace("4711", "4712", StringComparison.Ordinal) + "BTS|3\rFTS|1\r"));

        Assert.Multiple(() =>
        {
            Assert.That(documents.Select(d => d.DocumentId), Is.EqualTo(new[] { "M1", "M2" }));
            Assert.That(documents[1].Subjects[0].Identifiers[0].Value, Is.EqualTo("4712"));
            Assert.That(documents[0].WarningNames(), Does.Contain("batch-count"));
        });
    }

    [Test]
    public void A_result_message_about_two_patients_is_taken_apart()
    {
        IReadOnlyList<ExtractedDocument> documents = Reading.All(DocumentKind.Hl7V2, Encoding.UTF8.GetBytes(
            Header + Patient + "OBR|1\rOBX|1|ST|a^A||one||||||F\r"
            + Patient.Replace("4711", "4712", StringComparison.Ordinal) + "OBR|1\rOBX|1|ST|a^A||two||||||F\r"));

        Assert.Multiple(() =>
        {
            Assert.That(documents, Has.Count.EqualTo(2));
            Assert.That(documents[0].Observations.Single().Value, Is.EqualTo("one"));
            Assert.That(documents[1].Observations.Single().Value, Is.EqualTo("two"));
            Assert.That(documents.Select(d => d.Subjects.Single().Identifiers[0].Value), Is.EqualTo(new[] { "4711", "4712" }));
        });
    }

    [TestCase("OBX|1|ED|PDF^Report||^application^pdf^Base64^{0}||||||F")]
    [TestCase("OBX|1|ED|PDF^Report||Lab^AP^PDF^Base64^{0}||||||F")]
    [TestCase("OBX|1|ED|PDF^Report||^Base64^{0}||||||F")]
    [TestCase("OBX|1|TX|PDF^Report||{0}||||||F")]
    public void A_file_in_an_observation_becomes_an_attachment(string segment)
    {
        byte[] pdf = [.. "%PDF-1.4\n"u8, .. Enumerable.Repeat((byte)'x', 200)];
        string message = Header + Patient + string.Format(null, segment, Convert.ToBase64String(pdf)) + "\r";

        DocumentAttachment attachment = Reading.One(DocumentKind.Hl7V2, message).Attachments.Single();

        Assert.Multiple(() =>
        {
            Assert.That(attachment.MediaType, Is.EqualTo("application/pdf"));
            Assert.That(attachment.Content.ToArray(), Is.EqualTo(pdf));
        });
    }

    [Test]
    public void A_document_message_tells_its_type_by_table_0270()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2,
            Header.Replace("ORU^R01", "MDM^T02", StringComparison.Ordinal) + Patient
            + "TXA|1|DS|TX|20240101||20240102|||123^House^Gregory|||DOC7\rOBX|1|TX|||Went home.||||||F\r");

        Assert.Multiple(() =>
        {
            Assert.That(document.LoincCode, Is.EqualTo("18842-5"));
            Assert.That(document.LoincEvidence, Is.EqualTo(TypeEvidence.Mapped));
            Assert.That(document.DocumentId, Is.EqualTo("DOC7"));
            Assert.That(document.Authors, Is.EqualTo(new[] { "Gregory House" }));
            Assert.That(document.Text, Is.EqualTo("Went home."));
        });
    }

    [TestCase("1965", DatePrecision.Year)]
    [TestCase("196503", DatePrecision.Month)]
    [TestCase("19650312", DatePrecision.Day)]
    [TestCase("19650000", DatePrecision.Year)]
    [TestCase("196503121530", DatePrecision.Minute)]
    [TestCase("19650312153012.123-0500", DatePrecision.Second)]
    public void Birth_dates_keep_their_precision(string written, DatePrecision precision)
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2, Header + $"PID|||1||A^B||{written}\r");

        Assert.That(document.Subjects[0].BirthDate?.Precision, Is.EqualTo(precision));
    }

    [TestCase("19651340")]
    [TestCase("unknown")]
    [TestCase("\"\"")]
    public void A_birth_date_that_is_none_is_absent(string written)
    {
        Assert.That(Reading.One(DocumentKind.Hl7V2, Header + $"PID|||1||A^B||{written}\r").Subjects[0].BirthDate, Is.Null);
    }

    [Test]
    public void Diagnoses_and_allergies_become_entries()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2,
            Header + Patient + "AL1|1|DA|1545^Penicillin^LN|SV|hives\rDG1|1||C50.9^Breast cancer^I10|||A\r");

        Assert.Multiple(() =>
        {
            Assert.That(document.Entries.Select(e => e.Code.Code), Is.EqualTo(new[] { "1545", "C50.9" }));
            Assert.That(document.Entries.Select(e => e.SectionLoinc), Is.EqualTo(new[] { "48765-2", "11450-4" }));
        });
    }

    [Test]
    public void A_segment_that_goes_on_over_a_line_end_is_joined()
    {
        ExtractedDocument document = Reading.One(DocumentKind.Hl7V2, Header + Patient + "OBX|1|TX|||first\nsecond line||||||F\r");

        Assert.Multiple(() =>
        {
            Assert.That(document.Observations[0].Value, Is.EqualTo("first\nsecond line"));
            Assert.That(document.WarningNames(), Does.Contain("broken-line"));
        });
    }

    [Test]
    public void No_header_is_unreadable_and_says_where()
    {
        DocumentOutcome outcome = Reading.Outcome(DocumentKind.Hl7V2, Patient);

        Assert.That(outcome, Is.TypeOf<DocumentOutcome.Unreadable>().With.Property("Where").EqualTo("byte 0"));
    }

    [Test]
    public void Too_many_segments_or_messages_are_refused()
    {
        DocumentLimits few = DocumentLimits.Default with { MaxSegments = 3, MaxMessages = 100 };
        DocumentLimits one = DocumentLimits.Default with { MaxMessages = 1 };

        Assert.Multiple(() =>
        {
            Assert.That(Reading.Outcome(DocumentKind.Hl7V2, Header + Patient + Patient + Patient, few),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.Segments));
            Assert.That(Reading.Outcome(DocumentKind.Hl7V2, Header + Header, one),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.Messages));
        });
    }
}
