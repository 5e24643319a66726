using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>What stands in place of a sequence that must not be empty (action D).</summary>
internal static class SequenceDummy
{
    private const string NoText = "Removed by de-identification";

    /// <summary>The new items; null when the rules applied to each item give the dummy.</summary>
    public static DicomDataSet[]? Of(DicomElement sequence)
    {
        if (sequence.Tag == DicomTags.ContentSequence)
        {
            // PS3.15 §E.3.4: without the option, nothing of a report is known to be harmless.
            return [TextItem()];
        }

        if (sequence.Tag == DicomTags.GraphicAnnotationSequence)
        {
            return [.. sequence.Items.Select(Annotation)];
        }

        return sequence.Items.All(IsCode) ? [Code()] : null;
    }

    private static bool IsCode(DicomDataSet item) => item.Contains(DicomTags.CodeMeaning) || item.Contains(DicomTags.CodeValue);

    private static DicomDataSet Code() => new DicomDataSet()
        .Add(DicomTags.CodeValue, DummyValue.Text)
        .Add(DicomTags.CodingSchemeDesignator, "99RECORDHUB")
        .Add(DicomTags.CodeMeaning, DummyValue.Text);

    private static DicomDataSet TextItem() => new DicomDataSet()
        .Add(DicomTags.RelationshipType, "CONTAINS")
        .Add(DicomTags.ValueType, "TEXT")
        .Add(DicomTags.ConceptNameCodeSequence, new DicomDataSet()
            .Add(DicomTags.CodeValue, "121106")
            .Add(DicomTags.CodingSchemeDesignator, "DCM")
            .Add(DicomTags.CodeMeaning, "Comment"))
        .Add(DicomTags.TextValue, NoText);

    // The layer stays, because the presentation state lists it; what was drawn on it does not.
    private static DicomDataSet Annotation(DicomDataSet item)
    {
        DicomDataSet dummy = new();
        if (item.TryGet(DicomTags.GraphicLayer, out DicomElement layer))
        {
            dummy.Add(layer);
        }

        return dummy.Add(DicomTags.TextObjectSequence, new DicomDataSet()
            .Add(DicomTags.AnchorPointAnnotationUnits, "DISPLAY")
            .Add(DicomTags.UnformattedTextValue, DummyValue.Text)
            .Add(DicomTags.AnchorPoint, 0.0, 0.0)
            .Add(DicomTags.AnchorPointVisibility, "N"));
    }
}
