using System.Text;

namespace RecordHub.Documents.Tests;

public sealed class CdaTests
{
    private const string Head = """
        <?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <id root="1.2.3" extension="D1"/><code code="18842-5" codeSystem="2.16.840.1.113883.6.1" displayName="Discharge Summary"/>
        <title>Discharge of today</title><effectiveTime value="20240102030405+0100"/><languageCode code="en-US"/>
        <recordTarget><patientRole><id root="1.2.3.4" extension="4711"/><id nullFlavor="UNK"/>
        <patient><name use="L"><prefix>Dr</prefix><given>Anna</given><given>M.</given><family>Muster</family></name>
        <administrativeGenderCode code="F"/><birthTime value="19650312"/></patient></patientRole></recordTarget>
        <author><time value="2024"/><assignedAuthor><assignedPerson><name><given>Gregory</given><family>House</family></name></assignedPerson></assignedAuthor></author>
        <custodian><assignedCustodian><representedCustodianOrganization><name>North Hospital</name></representedCustodianOrganization></assignedCustodian></custodian>
        """;

    [Test]
    public void The_header_says_what_it_is_and_whose()
    {
        ExtractedDocument document = Reading.One(DocumentKind.CdaDocument, Head + "</ClinicalDocument>");

        DocumentSubject subject = document.Subjects.Single();
        Assert.Multiple(() =>
        {
            Assert.That(document.LoincCode, Is.EqualTo("18842-5"));
            Assert.That(document.Title, Is.EqualTo("Discharge of today"));
            Assert.That(document.Language, Is.EqualTo("en-US"));
            Assert.That(document.Created?.Instant, Is.EqualTo(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))));
            Assert.That(document.Authors, Is.EqualTo(new[] { "Gregory House" }));
            Assert.That(document.Organisations, Is.EqualTo(new[] { "North Hospital" }));
            Assert.That(subject.Identifiers.Single(), Is.EqualTo(new SubjectIdentifier("1.2.3.4", "4711") { IssuerUniversalId = "1.2.3.4" }));
            Assert.That(subject.Names.Single().Given, Is.EqualTo(new[] { "Anna", "M." }));
            Assert.That(subject.Sex, Is.EqualTo(SubjectSex.Female));
        });
    }

    [Test]
    public void Sections_give_narrative_and_coded_entries()
    {
        ExtractedDocument document = Reading.One(DocumentKind.CdaDocument, Head + """
            <component><structuredBody><component><section><code code="30954-2" codeSystem="2.16.840.1.113883.6.1"/><title>Results</title>
            <text><table><thead><tr><th>Test</th><th>Value</th></tr></thead><tbody><tr><td ID="r1">Sodium</td><td>140</td></tr></tbody></table>
            <list><item>first</item></list>one<br/>two</text>
            <entry><organizer><component><observation classCode="OBS" moodCode="EVN"><code nullFlavor="UNK"><originalText><reference value="#r1"/></originalText>
            <translation code="2951-2" codeSystem="2.16.840.1.113883.6.1"/></code><statusCode code="completed"/><effectiveTime value="20240101"/>
            <value xsi:type="PQ" value="140" unit="mmol/L"/><interpretationCode code="N"/>
            <referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="135" unit="mmol/L"/><high value="145" unit="mmol/L"/></value></observationRange></referenceRange>
            </observation></component></organizer></entry></section></component></structuredBody></component></ClinicalDocument>
            """);

        CodedEntry entry = document.Entries.Single();
        Assert.Multiple(() =>
        {
            Assert.That(document.Sections.Single().LoincCode, Is.EqualTo("30954-2"));
            Assert.That(document.Sections[0].Text, Is.EqualTo("Test | Value\nSodium | 140\n- first\none\ntwo"));
            Assert.That(entry.Code, Is.EqualTo(new DocumentCode("2.16.840.1.113883.6.1", "2951-2", "Sodium")));
            Assert.That((entry.Value, entry.Unit, entry.ReferenceRange, entry.Flag), Is.EqualTo(("140", "mmol/L", "135-145 mmol/L", "N")));
            Assert.That(entry.SectionLoinc, Is.EqualTo("30954-2"));
        });
    }

    [Test]
    public void An_allergy_is_coded_by_its_substance()
    {
        ExtractedDocument document = Reading.One(DocumentKind.CdaDocument, Head + """
            <component><structuredBody><component><section><code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><text/>
            <entry><act classCode="ACT"><code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><entryRelationship><observation negationInd="true">
            <code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" code="416098002" codeSystem="2.16.840.1.113883.6.96"/>
            <participant typeCode="CSM"><participantRole><playingEntity><code code="7980" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin G"/></playingEntity></participantRole></participant>
            </observation></entryRelationship></act></entry></section></component></structuredBody></component></ClinicalDocument>
            """);

        CodedEntry entry = document.Entries.Single();
        Assert.Multiple(() =>
        {
            Assert.That(entry.Code.Display, Is.EqualTo("Penicillin G"));
            Assert.That(entry.ValueCode?.Code, Is.EqualTo("416098002"));
            Assert.That(entry.Negated, Is.True);
        });
    }

    [Test]
    public void An_embedded_body_is_an_attachment_and_its_words_are_the_text()
    {
        string body = Convert.ToBase64String(Encoding.UTF8.GetBytes("Seen in clinic."));
        ExtractedDocument document = Reading.One(DocumentKind.CdaDocument,
            Head + $"<component><nonXMLBody><text mediaType=\"text/plain\" representation=\"B64\">{body}</text></nonXMLBody></component></ClinicalDocument>");

        Assert.Multiple(() =>
        {
            Assert.That(document.Attachments.Single().MediaType, Is.EqualTo("text/plain"));
            Assert.That(document.Text, Does.Contain("Seen in clinic."));
        });
    }

    [Test]
    public void A_document_type_declaration_is_refused()
    {
        DocumentOutcome outcome = Reading.Outcome(DocumentKind.CdaDocument,
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><ClinicalDocument>&e;</ClinicalDocument>");

        Assert.That(outcome, Is.TypeOf<DocumentOutcome.Unreadable>().With.Property("Where").StartsWith("line 1"));
    }

    [Test]
    public void Damage_says_its_line()
    {
        DocumentOutcome outcome = Reading.Outcome(DocumentKind.CdaDocument, "<ClinicalDocument>\n<a>\n</b></ClinicalDocument>");

        Assert.That(outcome, Is.TypeOf<DocumentOutcome.Unreadable>().With.Property("Where").StartsWith("line 3"));
    }

    [Test]
    public void Deep_nesting_and_many_nodes_are_refused()
    {
        string deep = "<ClinicalDocument>" + string.Concat(Enumerable.Repeat("<a>", 100_000));
        string wide = "<ClinicalDocument>" + string.Concat(Enumerable.Repeat("<a/>", 2_000)) + "</ClinicalDocument>";

        Assert.Multiple(() =>
        {
            Assert.That(Reading.Outcome(DocumentKind.CdaDocument, deep),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.Nesting));
            Assert.That(Reading.Outcome(DocumentKind.CdaDocument, wide, DocumentLimits.Default with { MaxXmlNodes = 1_000 }),
                Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.XmlNodes));
        });
    }

    [Test]
    public void A_fragment_without_a_namespace_is_read_with_a_warning()
    {
        ExtractedDocument document = Reading.One(DocumentKind.CdaDocument,
            "<recordTarget><patientRole><id root=\"1.2\" extension=\"7\"/><patient sdtc:x=\"1\"><name><family>Muster</family></name></patient></patientRole></recordTarget>");

        Assert.Multiple(() =>
        {
            Assert.That(document.Subjects.Single().Names.Single().Family, Is.EqualTo("Muster"));
            Assert.That(document.WarningNames(), Does.Contain("cda-fragment"));
        });
    }
}
