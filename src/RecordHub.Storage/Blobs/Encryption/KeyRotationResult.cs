namespace RecordHub.Storage.Blobs.Encryption;

/// <summary>What a rotation of the wrapping key has done so far.</summary>
/// <param name="Rewrapped">Blobs whose key is now wrapped with the active key.</param>
/// <param name="Current">Blobs whose key was so already.</param>
/// <param name="Plain">Blobs that are not encrypted.</param>
/// <param name="Unopened">Blobs that no configured key opens.</param>
public sealed record KeyRotationResult(long Rewrapped, long Current, long Plain, long Unopened);
