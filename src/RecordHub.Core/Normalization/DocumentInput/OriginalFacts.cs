namespace RecordHub.Core.Normalization.DocumentInput;

/// <summary>The whole file a document came in.</summary>
internal sealed record OriginalFacts(string MediaType, long Size, byte[] Sha1);
