using RecordHub.Core.Identity;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using DicomName = RecordHub.Dicom.DataSet.PersonName;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>Whose instance it says it is: the Patient module (PS3.3 §C.7.1.1).</summary>
internal static class DicomClaim
{
    private static readonly DicomTag s_birthName = new(0x0010, 0x1005);
    private static readonly DicomTag s_otherNames = new(0x0010, 0x1001);
    private static readonly DicomTag s_otherIds = new(0x0010, 0x1002);
    private static readonly DicomTag s_issuer = new(0x0010, 0x0021);
    private static readonly DicomTag s_issuerQualifiers = new(0x0010, 0x0024);
    private static readonly DicomTag s_universalEntityId = new(0x0040, 0x0032);
    private static readonly DicomTag s_universalEntityIdType = new(0x0040, 0x0033);
    private static readonly DicomTag s_identifierTypeCode = new(0x0040, 0x0035);

    public static PatientClaim Read(DicomDataSet dataSet, string? defaultIssuer)
    {
        ClaimBuilder claim = new(defaultIssuer);
        AddIdentifiers(claim, dataSet, usesDefault: true);
        foreach (DicomDataSet other in dataSet.GetSequence(s_otherIds))
        {
            AddIdentifiers(claim, other, usesDefault: false);
        }

        foreach (DicomTag tag in (ReadOnlySpan<DicomTag>)[DicomTags.PatientName, s_birthName, s_otherNames])
        {
            foreach (DicomName name in dataSet.GetPersonNames(tag))
            {
                AddGroup(claim, name.Alphabetic);
                AddGroup(claim, name.Ideographic);
                AddGroup(claim, name.Phonetic);
            }
        }

        claim.AddPhone(dataSet.GetString(DicomTags.PatientTelephoneNumbers));
        claim.BirthDate = Date(dataSet.GetString(DicomTags.PatientBirthDate));
        claim.Sex = dataSet.GetString(DicomTags.PatientSex)?.Trim().ToUpperInvariant() switch
        {
            "F" => AdministrativeSex.Female,
            "M" => AdministrativeSex.Male,
            "O" => AdministrativeSex.Other,
            _ => AdministrativeSex.Unknown,
        };
        return claim.Build();
    }

    // An identifier of somebody else's numbering never takes the sender's issuer.
    private static void AddIdentifiers(ClaimBuilder claim, DicomDataSet dataSet, bool usesDefault)
    {
        string? id = dataSet.GetString(DicomTags.PatientID);
        string? issuer = dataSet.GetString(s_issuer);
        string? universal = null;
        string? type = null;
        foreach (DicomDataSet qualifiers in dataSet.GetSequence(s_issuerQualifiers))
        {
            universal ??= Universal(qualifiers);
            type ??= qualifiers.GetString(s_identifierTypeCode);
        }

        if (issuer is not null || (universal is null && usesDefault))
        {
            claim.AddIdentifier(issuer, id, type);
        }

        if (universal is not null)
        {
            claim.AddIdentifier(universal, id, type);
        }
    }

    private static string? Universal(DicomDataSet qualifiers)
    {
        string? id = qualifiers.GetString(s_universalEntityId);
        return id is not null && qualifiers.GetString(s_universalEntityIdType)?.Trim() == "ISO" ? "urn:oid:" + id : id;
    }

    private static void AddGroup(ClaimBuilder claim, string group) => claim.AddName(
        DicomName.Component(group, 0),
        $"{DicomName.Component(group, 1)} {DicomName.Component(group, 2)}",
        DicomName.Component(group, 3),
        DicomName.Component(group, 4));

    private static PartialDate? Date(string? text) =>
        PartialDate.TryParse(text?.Replace(".", string.Empty, StringComparison.Ordinal), out PartialDate date) ? date : null;
}
