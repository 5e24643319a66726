using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Packages;

/// <summary>
/// The patient of a case as every exported instance names them when that is asked for: one identifier, one name. What an
/// instance said itself is kept in its Original Attributes Sequence. Pure.
/// </summary>
internal static class ReconciledPatient
{
    private const string ModifyingSystem = "RECORDHUB";

    // PS3.5 §6.2: at most 64 characters of LO.
    private const int MostLetters = 64;

    /// <summary>The changed copy of an instance; null when it names the patient so already.</summary>
    public static DicomDataSet? Apply(DicomDataSet instance, CasePatient patient, DateTimeOffset at) =>
        OriginalAttributes.Apply(instance, ValuesOf(patient), "COERCE", ModifyingSystem, at);

    private static DicomDataSet ValuesOf(CasePatient patient)
    {
        DicomDataSet values = new DicomDataSet().Add(DicomTags.PatientName, NameOf(patient.Name));
        if (patient.Identifiers.FirstOrDefault(IsWritable) is { Value: not null } identifier)
        {
            values.Add(DicomTags.PatientID, identifier.Value);
            if (identifier.Issuer.Length > 0)
            {
                values.Add(DicomTags.IssuerOfPatientID, identifier.Issuer);
            }
        }

        if (patient.BirthDate is { Day: > 0 } date)
        {
            values.Add(DicomTags.PatientBirthDate, string.Create(
                CultureInfo.InvariantCulture, $"{date.Year:D4}{date.Month:D2}{date.Day:D2}"));
        }

        string sex = patient.Sex switch
        {
            AdministrativeSex.Female => "F",
            AdministrativeSex.Male => "M",
            AdministrativeSex.Other => "O",
            _ => string.Empty,
        };
        return sex.Length == 0 ? values : values.Add(DicomTags.PatientSex, sex);
    }

    private static bool IsWritable(PatientIdentifier identifier) =>
        identifier.Value.Length is > 0 and <= MostLetters && identifier.Issuer.Length <= MostLetters
        && !identifier.Value.Contains('\\', StringComparison.Ordinal) && !identifier.Issuer.Contains('\\', StringComparison.Ordinal);

    // Family, given, middle, prefix, suffix (PS3.5 §6.2.1).
    private static string NameOf(Identity.PersonName name) =>
        $"{Component(name.Family)}^{Component(name.Given)}^^{Component(name.Prefix)}^{Component(name.Suffix)}".TrimEnd('^');

    private static string Component(string? text) => string.Concat((text ?? string.Empty).Where(c => c is not ('^' or '=' or '\\')));
}
