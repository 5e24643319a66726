using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>What a retrieval has brought.</summary>
/// <param name="Listed">What the node has of it.</param>
/// <param name="Held">What was held before.</param>
/// <param name="Received">What has come.</param>
/// <param name="Missing">What has not, and why as far as it is known.</param>
/// <param name="Counts">The sub-operations of all requests, as the node counts them.</param>
public sealed record FetchOutcome(
    int Listed, int Held, int Received, IReadOnlyList<(Uid Instance, string Why)> Missing, SubOperationCounts Counts);
