using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>Makes the de-identified copy of a data set or item, and of the items inside it.</summary>
internal sealed partial class ItemDeidentifier(
    DeidentificationOptions options, ConfidentialityRules rules, RemovedIdentifiers removed, string patient)
{
    private readonly int _daysBack = options.Key.DaysBack(patient);

    public DeidentificationCounts Counts { get; } = new();

    public string PatientId { get; } = options.PatientId ?? options.Key.Pseudonym(patient);

    // As deep as the reader lets sequences nest.
    public DicomDataSet Apply(DicomDataSet source)
    {
        DicomDataSet target = new();
        foreach (DicomElement element in source)
        {
            DicomTag tag = element.Tag;
            if (tag.IsPrivate)
            {
                Private(source, element, target);
            }
            else if (tag.Group is >= 0x5000 and <= 0x50FF or >= 0x6000 and <= 0x60FF)
            {
                Graphics(source, element, target);
            }
            else if (!tag.IsGroupLength && tag.Group is not (0 or 2))
            {
                Element(source, element, target);
            }
        }

        return target;
    }

    private void Element(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        ConfidentialityAction action = rules.ActionFor(element.Tag, element.Vr);
        if (action is not (ConfidentialityAction.Keep or ConfidentialityAction.Remove) && element.IsEmpty
            && element.Tag != DicomTags.PatientID)
        {
            target.Add(element);
            return;
        }

        switch (action)
        {
            case ConfidentialityAction.Keep:
                Keep(source, element, target);
                break;
            case ConfidentialityAction.Remove:
                Counts.Removed++;
                break;
            case ConfidentialityAction.Empty or ConfidentialityAction.Dummy:
                Replace(source, element, target, action);
                break;
            case ConfidentialityAction.MapUid:
                MapUids(source, element, target);
                break;
            case ConfidentialityAction.Clean:
                Clean(source, element, target);
                break;
        }
    }

    private void Keep(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        if (element.IsSequence)
        {
            AddItems(element, target);
        }
        else if (IsFreeText(element.Vr) && !IsCoded(source, element.Tag)
            && source.GetStrings(element.Tag).Any(removed.AreIn))
        {
            Counts.TextsWithIdentifiers++;
            DummyValue.AddTo(target, element.Tag, element.Vr);
        }
        else
        {
            target.Add(element);
        }
    }

    private void Replace(DicomDataSet source, DicomElement element, DicomDataSet target, ConfidentialityAction action)
    {
        DicomTag tag = element.Tag;
        if (tag == DicomTags.PatientID || tag == DicomTags.PatientName)
        {
            Counts.Replaced++;
            target.AddText(tag, element.Vr.IsText() ? element.Vr : DicomDictionary.VrOf(tag),
                tag == DicomTags.PatientID ? PatientId : options.PatientName ?? PatientId + "^ANONYMIZED");
        }
        else if (action == ConfidentialityAction.Empty)
        {
            Counts.Emptied++;
            AddEmpty(element, target);
        }
        else if (element.IsSequence)
        {
            Counts.Replaced++;
            if (SequenceDummy.Of(element) is { } items)
            {
                target.Add(tag, items);
            }
            else
            {
                AddItems(element, target);
            }
        }
        else if (element.Vr == DicomVr.UI)
        {
            MapUids(source, element, target);
        }
        else
        {
            Counts.Replaced++;
            DummyValue.AddTo(target, tag, element.Vr);
        }
    }

    private void MapUids(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        if (element.IsSequence)
        {
            AddItems(element, target);
            return;
        }

        if (element.Vr != DicomVr.UI || !element.IsLoaded)
        {
            Counts.Replaced++;
            DummyValue.AddTo(target, element.Tag, element.Vr);
            return;
        }

        string[] values = [.. source.GetStrings(element.Tag)];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Length > 0 && !WellKnown.IsUid(values[i]))
            {
                values[i] = options.Key.Map(values[i]).ToString();
                Counts.UidsMapped++;
            }
        }

        target.AddText(element.Tag, DicomVr.UI, string.Join('\\', values));
    }

    private void AddItems(DicomElement sequence, DicomDataSet target) =>
        target.Add(sequence.Tag, [.. sequence.Items.Select(Apply)]);

    private static void AddEmpty(DicomElement element, DicomDataSet target)
    {
        if (element.IsSequence)
        {
            target.Add(element.Tag, Array.Empty<DicomDataSet>());
        }
        else
        {
            target.Add(element.Tag, element.Vr, ReadOnlyMemory<byte>.Empty);
        }
    }

    private static bool IsFreeText(DicomVr vr) =>
        vr is DicomVr.LO or DicomVr.SH or DicomVr.ST or DicomVr.LT or DicomVr.UT or DicomVr.UC or DicomVr.AE or DicomVr.UR;

    // The meaning of a code of a published scheme is the scheme's own text.
    private static bool IsCoded(DicomDataSet item, DicomTag tag) =>
        tag.Group == 8 && tag.Element is >= 0x0100 and <= 0x0120
        && item.GetString(DicomTags.CodingSchemeDesignator)
            is "DCM" or "SCT" or "SRT" or "SNM3" or "LN" or "UCUM" or "RADLEX" or "FMA" or "NCIt" or "ACR" or "BI";
}
