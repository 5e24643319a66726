using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>Finds what will be taken out, before anything is: a text may stand above the name that it repeats.</summary>
internal static class IdentifierCollector
{
    public static RemovedIdentifiers Collect(DicomDataSet dataSet, ConfidentialityRules rules)
    {
        RemovedIdentifiers removed = new();
        Level(dataSet, rules, removed);
        return removed;
    }

    // As deep as the reader lets sequences nest.
    private static void Level(DicomDataSet dataSet, ConfidentialityRules rules, RemovedIdentifiers removed)
    {
        foreach (DicomElement element in dataSet)
        {
            if (element.IsSequence)
            {
                foreach (DicomDataSet item in element.Items)
                {
                    Level(item, rules, removed);
                }
            }
            else if (Identifies(element, rules))
            {
                removed.Add(element.Vr, [.. dataSet.GetStrings(element.Tag).Where(value => !WellKnown.IsUid(value))]);
            }
        }
    }

    // Descriptions are taken out too, but their words are everybody's.
    private static bool Identifies(DicomElement element, ConfidentialityRules rules) =>
        element.Vr is DicomVr.PN or DicomVr.LO or DicomVr.SH or DicomVr.ST or DicomVr.LT or DicomVr.UI or DicomVr.DA
            or DicomVr.DT or DicomVr.AE
        && !element.Tag.IsPrivate
        && DicomDictionary.IsKnown(element.Tag)
        && rules.ActionFor(element.Tag, element.Vr) != ConfidentialityAction.Keep
        && !(ConfidentialityTable.TryFind(element.Tag, out ConfidentialityTable.Row row)
            && row.Has(ConfidentialityOption.CleanDescriptors));
}
