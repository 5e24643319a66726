namespace RecordHub.Dicom.DataSet;

/// <content>Values by tag. Absent and empty are the same here; <see cref="Contains"/> tells them apart.</content>
public sealed partial class DicomDataSet
{
    /// <summary>The first value as text, padding dropped; null when absent or empty.</summary>
    public string? GetString(DicomTag tag)
    {
        if (!TryGet(tag, out DicomElement element))
        {
            return null;
        }

        string first = ElementText.First(this, element);
        return first.Length == 0 ? null : first;
    }

    /// <summary>All values as text, padding dropped; empty ones among them stay.</summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag) =>
        TryGet(tag, out DicomElement element) ? ElementText.All(this, element) : [];

    /// <summary>The first value as a whole number; null when absent or not one.</summary>
    public int? GetInt32(DicomTag tag) =>
        TryGet(tag, out DicomElement element) ? ElementNumbers.FirstInt32(element) : null;

    /// <summary>The first value as a number; null when absent or not one.</summary>
    public double? GetDouble(DicomTag tag) =>
        TryGet(tag, out DicomElement element) ? ElementNumbers.FirstDouble(element) : null;

    /// <summary>All values as numbers; empty when one of them is none.</summary>
    public IReadOnlyList<double> GetDoubles(DicomTag tag) =>
        TryGet(tag, out DicomElement element) ? ElementNumbers.Doubles(element) : [];

    /// <summary>The first value as an identifier; <see cref="Uid.None"/> when absent or not one.</summary>
    public Uid GetUid(DicomTag tag) => Uid.TryParse(GetString(tag), out Uid uid) ? uid : Uid.None;

    public IReadOnlyList<PersonName> GetPersonNames(DicomTag tag) =>
        [.. GetStrings(tag).Where(text => text.Length > 0).Select(PersonName.Parse)];

    /// <summary>The items of a sequence; none when absent.</summary>
    public IReadOnlyList<DicomDataSet> GetSequence(DicomTag tag) =>
        TryGet(tag, out DicomElement element) ? element.Items : [];

    /// <summary>The bytes of a value, numbers in little endian; empty when absent or not kept.</summary>
    public ReadOnlyMemory<byte> GetBytes(DicomTag tag) =>
        TryGet(tag, out DicomElement element) ? element.Value : ReadOnlyMemory<byte>.Empty;
}
