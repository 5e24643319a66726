using System.Globalization;
using System.Text;
using RecordHub.Core.Checklists;

namespace RecordHub.Core.Cases;

/// <summary>Writes the letter that asks for what is missing. Pure.</summary>
internal static class RequestLetter
{
    internal static string Write(CaseFile file, ChecklistReport report)
    {
        StringBuilder letter = new();
        string name = $"{file.Patient.Name.Given} {file.Patient.Name.Family}";
        letter.AppendLine(CultureInfo.InvariantCulture, $"Request for records: case {file.Number}");
        letter.AppendLine();
        letter.AppendLine(CultureInfo.InvariantCulture, $"Patient: {name}, born {file.Patient.BirthDate}");
        foreach (Identity.PatientIdentifier identifier in file.Patient.Identifiers)
        {
            letter.AppendLine(CultureInfo.InvariantCulture, $"Identifier: {identifier.Value} ({identifier.Issuer})");
        }

        letter.AppendLine();
        ChecklistFinding[] asked = [.. report.Open.Where(finding => finding.AskText.Length > 0)];
        if (asked.Length == 0)
        {
            letter.AppendLine("Nothing is open: all that the checklist asks for is here.");
            return letter.ToString();
        }

        letter.AppendLine("A second opinion was asked for. To give it, the specialist needs the following.");
        Write(letter, "Without these no opinion can be given:", asked.Where(one => one.Level == ChecklistLevel.Required));
        Write(letter, "These would help:", asked.Where(one => one.Level == ChecklistLevel.Wanted));
        Write(letter, "These only if they exist:", asked.Where(one => one.Level == ChecklistLevel.Conditional));
        letter.AppendLine();
        letter.AppendLine("How to send: images from your PACS by DICOM C-STORE or DICOMweb, or on a disc; reports as");
        letter.AppendLine("FHIR, HL7 v2, C-CDA, PDF, Word or text. Please name the case number with what you send.");
        letter.AppendLine("If there is no such record, please say so: that is an answer too.");
        return letter.ToString();
    }

    private static void Write(StringBuilder letter, string heading, IEnumerable<ChecklistFinding> findings)
    {
        int count = 0;
        foreach (ChecklistFinding finding in findings)
        {
            if (count++ == 0)
            {
                letter.AppendLine();
                letter.AppendLine(heading);
            }

            letter.AppendLine(CultureInfo.InvariantCulture, $"- {finding.AskText}");
            letter.AppendLine(CultureInfo.InvariantCulture, $"  Why: {finding.Reason}");
        }
    }
}
