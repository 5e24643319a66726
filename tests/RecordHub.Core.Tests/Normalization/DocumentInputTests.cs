using System.Text;
using NUnit.Framework;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Tests.Normalization;

public class DocumentInputTests
{
    private const string Result = """
        MSH|^~\&|LAB|NORTH|RH|RH|20200304050607+0100||ORU^R01|M1|P|2.5
        PID|1||MRN1^^^NORTH&1.2.3&ISO^MR||Alpha^Ann||19700102|F
        OBR|1|P1|F1|24331-1^Lipid panel^LN|||20200304
        OBX|1|NM|2093-3^Cholesterol^LN||5.20|mmol/L|<5.0|H|||F
        """;

    [Test]
    public void Laboratory_results_become_a_report_its_observations_and_the_message()
    {
        byte[] bytes = Message(Result);
        PatientRecord record = Bytes.Records(Bytes.Normalize(ContentKind.Hl7V2, bytes))[0];
        BoundRecord bound = Bytes.Bind(record, ContentKind.Hl7V2, bytes);

        Assert.That(bound.Resources.Select(r => r.Type), Is.EqualTo(["DocumentReference", "Observation", "DiagnosticReport", "Provenance"]));
        Assert.That(Bytes.Text(bound.Resources[1].Json), Does.Contain("\"value\":5.20").And.Contain("\"code\":\"2093-3\""));
        Assert.That(Bytes.Text(bound.Resources[2].Json), Does.Contain($"\"result\":[{{\"reference\":\"Observation/{bound.Resources[1].Id}\"}}]"));
        Assert.That(record.Claim.Identifiers.Select(i => i.Issuer), Is.SupersetOf(new[] { "NORTH", "1.2.3", "urn:oid:1.2.3" }));
        foreach (Core.Resources.StoredResource resource in bound.Resources)
        {
            Strict.Check(resource.Json.Span, resource.Type);
        }
    }

    [Test]
    public void A_batch_about_two_people_never_serves_one_the_bytes_of_the_other()
    {
        byte[] bytes = Message(Result + "\n" + Result.Replace("MRN1", "MRN2").Replace("Alpha^Ann", "Beta^Bob"));
        IReadOnlyList<PatientRecord> records = Bytes.Records(Bytes.Normalize(ContentKind.Hl7V2, bytes));

        Assert.That(records, Has.Count.EqualTo(2));
        Assert.That(records.SelectMany(r => r.Binaries).Select(b => b.Offset), Has.All.Null);
        Assert.That(Encoding.UTF8.GetString(records[0].Binaries[0].Derived.Span), Does.Not.Contain("Beta"));
    }

    [Test]
    public void A_batch_about_one_person_keeps_the_file_as_its_original()
    {
        byte[] bytes = Message(Result + "\n" + Result.Replace("M1", "M2"));
        IReadOnlyList<PatientRecord> records = Bytes.Records(Bytes.Normalize(ContentKind.Hl7V2, bytes));

        Assert.That(records, Has.Count.EqualTo(2));
        Assert.That(records.Select(r => r.Binaries[0].Offset), Has.All.EqualTo(0));
    }

    [Test]
    public void Plain_text_is_a_document_with_its_original_and_its_hash()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("Discharge summary\n\nThe stay was uneventful.\n");
        BoundRecord bound = Bytes.Bind(
            Bytes.Records(Bytes.Normalize(ContentKind.PlainText, bytes))[0], ContentKind.PlainText, bytes);
        string json = Bytes.Text(bound.Resources[0].Json);

        Assert.That(json, Does.Contain("18842-5").And.Contain("urn:hash:sha256:" + Bytes.Hash(bytes)));
        Assert.That(bound.Binaries[0].Length, Is.EqualTo(bytes.Length));
        Strict.Check(bound.Resources[0].Json.Span, "text");
    }

    [Test]
    public void A_content_kind_that_nobody_reads_is_unreadable() =>
        Assert.That(Bytes.Unreadable(Bytes.Normalize(ContentKind.Unknown, [1, 2, 3])).Code, Is.EqualTo("unknown"));

    private static byte[] Message(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r"));
}
