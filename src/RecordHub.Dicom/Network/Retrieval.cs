namespace RecordHub.Dicom.Network;

/// <summary>What a C-MOVE or C-GET is answered with.</summary>
/// <param name="Instances">What is sent, in this order.</param>
/// <param name="Destination">Where C-MOVE sends it; null for C-GET, which sends on its own association.</param>
public sealed record Retrieval(IReadOnlyList<RetrievedInstance> Instances, IInstanceSender? Destination = null);
