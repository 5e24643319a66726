using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Dictionary;

/// <summary>A line of the registry of unique identifiers (PS3.6 Annex A).</summary>
/// <param name="Type">As the standard writes it: <c>SOP Class</c>, <c>Transfer Syntax</c>…</param>
public sealed record UidEntry(Uid Uid, string Type, bool IsRetired, string Keyword, string Name);
