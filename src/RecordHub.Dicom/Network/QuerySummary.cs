namespace RecordHub.Dicom.Network;

/// <summary>How a C-FIND, C-MOVE or C-GET ended.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Status">The last status that the peer was told; null when the association ended before.</param>
/// <param name="Comment">Its comment; null without one.</param>
/// <param name="Matches">Matches sent by C-FIND.</param>
/// <param name="Counts">What became of the sub-operations of C-MOVE and C-GET.</param>
public sealed record QuerySummary(
    QueryRequest Request, ushort? Status, string? Comment, int Matches, SubOperationCounts Counts);
