using System.Text.Json;

namespace RecordHub.Core.Normalization.FhirInput;

/// <summary>One resource of the input, and what it points to.</summary>
internal sealed class FhirEntry
{
    /// <summary>0 for the first; drafts take their keys from it.</summary>
    public required int Index { get; init; }

    public required JsonElement Resource { get; init; }

    public required string Type { get; init; }

    public required string? Id { get; init; }

    public required string? FullUrl { get; init; }

    /// <summary>The bundle around it, whose entries its references are resolved among.</summary>
    public required FhirScope Scope { get; init; }

    /// <summary>Where it stands, such as <c>Bundle.entry[3]</c> or <c>line 7</c>.</summary>
    public required string Where { get; init; }

    public required IReadOnlyList<FhirLink> Links { get; init; }

    /// <summary>The base of the server it came from, when the full URL tells it.</summary>
    public string? Base => FullUrl is { } url && url.EndsWith($"/{Type}/{Id}", StringComparison.Ordinal)
        ? url[..^(Type.Length + (Id?.Length ?? 0) + 1)]
        : null;

    public override string ToString() => nameof(FhirEntry);
}
