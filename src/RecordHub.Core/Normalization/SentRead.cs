namespace RecordHub.Core.Normalization;

/// <summary>What an entry of a batch asks to be shown (R4 Bundle.entry.request).</summary>
/// <param name="Method"><c>GET</c> or <c>HEAD</c>.</param>
/// <param name="Url">The address below the service root; null when the entry names none.</param>
public sealed record SentRead(string Method, string? Url)
{
    /// <summary>Only when its version is none of these (<c>ifNoneMatch</c>).</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>Only when it changed since (<c>ifModifiedSince</c>, an instant).</summary>
    public string? IfModifiedSince { get; init; }

    /// <summary>The type only: an address may name a patient.</summary>
    public override string ToString() => nameof(SentRead);
}
