using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Media;

/// <summary>A record on its way into a directory: its keys, and the records below it.</summary>
internal sealed class DirectoryRecord(string type, DicomDataSet keys)
{
    public string Type { get; } = type;

    public DicomDataSet Keys { get; } = keys;

    public List<DirectoryRecord> Lower { get; } = [];

    /// <summary>The record encoded, offsets zero.</summary>
    public byte[] Encoded { get; set; } = [];

    /// <summary>The first byte of its item in the file.</summary>
    public uint Offset { get; set; }
}
