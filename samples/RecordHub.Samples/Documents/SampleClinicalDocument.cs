using System.Security;
using System.Text;

namespace RecordHub.Samples.Documents;

/// <summary>A continuity-of-care document (C-CDA R2.1) of the other hospital.</summary>
internal static class SampleClinicalDocument
{
    public static SampleFile Create(SamplePatient patient) => new(
        "lakeside/summary.xml", "application/xml", Encoding.UTF8.GetBytes(Text(patient)), SampleDoor.Import,
        SampleOutcome.Filed);

    private static string Text(SamplePatient patient) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <realmCode code="US"/>
          <typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
          <templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
          <templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
          <id root="2.25.1002.7" extension="CCD-1"/>
          <code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>
          <title>Summary of care</title>
          <effectiveTime value="20250305090000+0100"/>
          <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
          <languageCode code="en"/>
          <recordTarget><patientRole>
            <id root="{SampleHospital.Lakeside.Issuer["urn:oid:".Length..]}" extension="{patient.RecordNumbers[SampleHospital.Lakeside]}"/>
            <patient>
              <name use="L"><given>{SecurityElement.Escape(patient.Given)}</given><family>{SecurityElement.Escape(patient.Family)}</family></name>
              <administrativeGenderCode code="{patient.Sex}" codeSystem="2.16.840.1.113883.5.1"/>
              <birthTime value="{patient.BirthDateDigits}"/>
            </patient>
          </patientRole></recordTarget>
          <author><time value="20250305090000+0100"/><assignedAuthor><id root="2.25.1002.8"/>
            <assignedPerson><name><given>Doctora</given><family>Exemplar</family></name></assignedPerson></assignedAuthor></author>
          <custodian><assignedCustodian><representedCustodianOrganization><id root="2.25.1002"/>
            <name>{SampleHospital.Lakeside.Name}</name></representedCustodianOrganization></assignedCustodian></custodian>
          <component><structuredBody>
        {Section("48765-2", "Allergies", "Penicillin: rash (2003).", "2.16.840.1.113883.10.20.22.2.6.1")}
        {Section("10160-0", "Medications", "Ramipril 5 mg once a day. Acetylsalicylic acid 100 mg once a day.", "2.16.840.1.113883.10.20.22.2.1.1")}
        {Section("11450-4", "Problems", "Hypertension. Nodule in the left lower lobe, 9 mm.", "2.16.840.1.113883.10.20.22.2.5.1")}
        {Section("18776-5", "Plan of treatment", "CT of the chest in three months.", "2.16.840.1.113883.10.20.22.2.10")}
          </structuredBody></component>
        </ClinicalDocument>

        """;

    private static string Section(string loinc, string title, string text, string template) =>
        $"""
            <component><section>
              <templateId root="{template}"/>
              <code code="{loinc}" codeSystem="2.16.840.1.113883.6.1"/>
              <title>{title}</title>
              <text><paragraph>{SecurityElement.Escape(text)}</paragraph></text>
            </section></component>
        """;
}
