using RecordHub.Core.Commitment;

namespace RecordHub.Server.Dicom;

/// <summary>Records a request for storage commitment, as the DICOM door sees it: durable when it returns.</summary>
public delegate Task RecordCommitment(CommitmentOrder order, CancellationToken cancellationToken);
