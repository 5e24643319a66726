namespace RecordHub.Dicom.DataSet;

/// <summary>An element of a data set that is being built. Text waits for its character set until it is written.</summary>
internal sealed class OwnedElement
{
    public required DicomTag Tag { get; init; }

    public required DicomVr Vr { get; init; }

    public string? Text { get; init; }

    public ReadOnlyMemory<byte> Value { get; init; }

    public List<DicomDataSet>? Items { get; init; }

    public IReadOnlyList<ReadOnlyMemory<byte>>? Fragments { get; init; }

    public ValuePlace? Place { get; init; }
}
