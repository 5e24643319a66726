using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Deidentification;

/// <content>What an option lets stay in part.</content>
internal sealed partial class ItemDeidentifier
{
    private void Clean(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        if (element.IsSequence)
        {
            AddItems(element, target);
            return;
        }

        switch (element.Vr)
        {
            case DicomVr.DA or DicomVr.DT:
                Shift(source, element, target);
                break;
            case DicomVr.TM:
                target.Add(element);
                break;
            case DicomVr.LO or DicomVr.SH or DicomVr.UC when element.IsLoaded:
                CleanText(source, element, target);
                break;
            default:
                FallBack(element, target);
                break;
        }
    }

    private void Shift(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        string?[] shifted = [.. source.GetStrings(element.Tag)
            .Select(value => value.Length == 0 ? value : DateShift.Back(value, _daysBack))];
        if (shifted.Contains(null))
        {
            FallBack(element, target);
            return;
        }

        Counts.DatesShifted++;
        target.AddText(element.Tag, element.Vr, string.Join('\\', shifted));
    }

    private void CleanText(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        string text = string.Join('\\', source.GetStrings(element.Tag)
            .Select(value => DescriptorCleaner.Clean(value, removed))
            .Where(value => value.Length > 0 && !removed.AreIn(value)));
        if (text.Length == 0)
        {
            FallBack(element, target);
            return;
        }

        Counts.Cleaned++;
        target.AddText(element.Tag, element.Vr, text);
    }

    // Nothing of it could be kept: what the basic profile does; text inside other content must not be empty.
    private void FallBack(DicomElement element, DicomDataSet target)
    {
        ConfidentialityAction basic =
            ConfidentialityTable.TryFind(element.Tag, out ConfidentialityTable.Row row) ? row.Basic : ConfidentialityAction.Dummy;
        switch (basic)
        {
            case ConfidentialityAction.Remove:
                Counts.Removed++;
                break;
            case ConfidentialityAction.Empty:
                Counts.Emptied++;
                AddEmpty(element, target);
                break;
            default:
                Counts.Replaced++;
                DummyValue.AddTo(target, element.Tag, element.Vr);
                break;
        }
    }

    // Overlays and curves: bits and points may spell a name. Only a region of interest, a mask, is known not to.
    private void Graphics(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        const ushort overlayType = 0x0040;
        bool text = element.Vr is DicomVr.LO or DicomVr.SH or DicomVr.LT or DicomVr.ST or DicomVr.UN;
        bool harmless = element.Tag.Group < 0x6000
            ? element.Tag.Element is < 0x2000 or >= 0x3000
            : source.GetString(new DicomTag(element.Tag.Group, overlayType)) == "R";
        if (rules.Has(ConfidentialityOption.CleanGraphics) && harmless && !text && !element.IsSequence)
        {
            target.Add(element);
        }
        else
        {
            Counts.Removed++;
        }
    }

    private void Private(DicomDataSet source, DicomElement element, DicomDataSet target)
    {
        if (element.Tag.IsPrivateCreator)
        {
            return;
        }

        DicomTag block = new(element.Tag.Group, (ushort)(element.Tag.Element >> 8));
        if (rules.Has(ConfidentialityOption.RetainSafePrivate) && !element.IsSequence
            && source.TryGet(block, out DicomElement creator)
            && source.GetString(block) is { } name && SafePrivateElements.Contains(name, element.Tag))
        {
            target.Add(creator).Add(element);
            return;
        }

        Counts.Removed++;
        Counts.PrivateRemoved++;
    }
}
