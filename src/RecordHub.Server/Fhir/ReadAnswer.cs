using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>What one read of a batch is answered with.</summary>
/// <param name="Status">The HTTP status.</param>
internal sealed record ReadAnswer(int Status)
{
    /// <summary>The resource, in JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Resource { get; init; }

    /// <summary>The address of what was read; null of a search.</summary>
    public string? FullUrl { get; init; }

    public string? ETag { get; init; }

    /// <summary>When it changed; null when that is not said.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public Issue? Issue { get; init; }

    /// <summary>The type only: a resource is a patient's.</summary>
    public override string ToString() => nameof(ReadAnswer);

    /// <summary>The answer that was written.</summary>
    public static ReadAnswer Of(HttpResponse response, ReadOnlyMemory<byte> body, string? fullUrl) => new(response.StatusCode)
    {
        Resource = body,
        FullUrl = fullUrl,
        ETag = response.Headers.ETag.ToString() is { Length: > 0 } tag ? tag : null,
        LastModified = DateTimeOffset.TryParse(
            response.Headers.LastModified.ToString(), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset changed) ? changed : null,
    };
}
