using System.Collections.Frozen;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>Which action an element gets: Table E.1-1 with the options asked for, and a careful answer where it is silent.</summary>
internal sealed class ConfidentialityRules(IReadOnlySet<ConfidentialityOption> options)
{
    // Not in the table, and yet a name, a number, a place or another way to the original.
    private static readonly FrozenSet<uint> s_alsoRemoved = new uint[]
    {
        0x0008_0300, // Private Data Element Characteristics: of private elements that are gone
        0x0010_0033, 0x0010_0034, // birth and death date in another calendar
        0x0040_1006, 0x0040_1007, 0x0040_2006, 0x0040_2007, // retired order numbers
        0x0400_0500, // Encrypted Attributes: whoever has the key has the patient
        0x0074_100C, // Contact Display Name
        0x4FFE_0001, // MAC Parameters: of signatures that are gone
    }.ToFrozenSet();

    private static readonly string[] s_classes =
    [
        "SOPClass", "TransferSyntax", "CodingScheme", "ContextUID", "ContextGroup", "MappingResource", "CreatorVersion",
        "ImplementationClass", "PrivateRecord", "PrivateInformationCreator",
    ];

    private readonly bool _modifiesDates = options.Contains(ConfidentialityOption.RetainLongitudinalTemporalModifiedDates);

    public bool Has(ConfidentialityOption option) => options.Contains(option);

    /// <summary>The action for an element that is neither private nor in a repeating group.</summary>
    public ConfidentialityAction ActionFor(DicomTag tag, DicomVr vr)
    {
        if (!ConfidentialityTable.TryFind(tag, out ConfidentialityTable.Row row))
        {
            return Unlisted(tag, vr);
        }

        bool keeps = false;
        bool cleans = false;
        foreach (ConfidentialityOption option in options)
        {
            keeps |= row[option] == 'K';
            cleans |= row[option] == 'C';
        }

        // A date that one option keeps and another shifts is shifted: kept, it would give the shift away.
        bool shifts = _modifiesDates && row.Has(ConfidentialityOption.RetainLongitudinalTemporalModifiedDates);
        return keeps && !shifts ? ConfidentialityAction.Keep : cleans ? ConfidentialityAction.Clean : row.Basic;
    }

    // PS3.15 §E.1.1 note 4: names, dates and identifiers that the standard has added since are known by their representation.
    private ConfidentialityAction Unlisted(DicomTag tag, DicomVr vr)
    {
        if (s_alsoRemoved.Contains(tag.Value) || !DicomDictionary.TryGet(tag, out DictionaryEntry entry))
        {
            return ConfidentialityAction.Remove;
        }

        return vr switch
        {
            DicomVr.PN => ConfidentialityAction.Dummy,
            DicomVr.DA or DicomVr.DT or DicomVr.TM =>
                Has(ConfidentialityOption.RetainLongitudinalTemporalFullDates) ? ConfidentialityAction.Keep
                : _modifiesDates ? ConfidentialityAction.Clean
                : ConfidentialityAction.Dummy,
            DicomVr.UI when !s_classes.Any(name => entry.Keyword.Contains(name, StringComparison.Ordinal)) =>
                Has(ConfidentialityOption.RetainUids) ? ConfidentialityAction.Keep : ConfidentialityAction.MapUid,
            DicomVr.UR when tag.Value is not (0x0008_0120 or 0x0008_010E) => ConfidentialityAction.Dummy,
            _ when tag == DicomTags.TextValue || tag == DicomTags.UnformattedTextValue => ConfidentialityAction.Clean,
            _ => ConfidentialityAction.Keep,
        };
    }
}
