using RecordHub.Core.Intake;

namespace RecordHub.Core.Normalization;

/// <summary>Derived bytes that a Binary serves: to be made durable in the blob store before the Binary's row is saved.</summary>
public sealed record DerivedBlob(ContentHash Hash, ReadOnlyMemory<byte> Bytes);
