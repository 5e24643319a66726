using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Resources;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Writes the Bundles that answer searches and histories; resources go in as the bytes that they are.</summary>
internal sealed class BundleWriter : IDisposable
{
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly Utf8JsonWriter _json;
    private readonly string _base;
    private bool _hasEntries;

    /// <summary>Begins a Bundle of a type with its links.</summary>
    public BundleWriter(
        string type, string serviceBase, long? total, params ReadOnlySpan<(string Relation, string Url)> links)
    {
        _base = serviceBase;
        _json = new Utf8JsonWriter(_output, s_writer);
        _json.WriteStartObject();
        _json.WriteString("resourceType", "Bundle");
        _json.WriteString("type", type);
        if (total is { } count)
        {
            _json.WriteNumber("total", count);
        }

        if (links.Length > 0)
        {
            _json.WriteStartArray("link");
            foreach ((string relation, string url) in links)
            {
                _json.WriteStartObject();
                _json.WriteString("relation", relation);
                _json.WriteString("url", url);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }
    }

    /// <summary>A match, or the parts of it that were asked for.</summary>
    public void AddMatch(ResourceVersion version, ResourceSubset? subset = null) => AddFound(version, subset, "match");

    /// <summary>What is given along with the matches.</summary>
    public void AddIncluded(ResourceVersion version, ResourceSubset? subset) => AddFound(version, subset, "include");

    /// <summary>A Patient that somebody may be, with how sure that is and why (R4 patient-operation-match.html).</summary>
    public void AddMatch(ResourceVersion version, IdentityMatch match)
    {
        BeginEntry();
        _json.WriteString("fullUrl", $"{_base}/{version.Type}/{version.Id}");
        WriteResource(version);
        _json.WriteStartObject("search");
        MatchEvidence.Write(_json, match);
        _json.WriteString("mode", "match");
        _json.WriteNumber("score", Math.Round((decimal)PatientMatch.ScoreOf(match), 6));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>What was passed over, as the entry that R4 search.html §errors describes.</summary>
    public void AddOutcome(IReadOnlyList<Issue> issues)
    {
        BeginEntry();
        _json.WritePropertyName("resource");
        OperationOutcome.Write(_json, issues);
        WriteMode("outcome");
        _json.WriteEndObject();
    }

    /// <summary>A version in a history (R4 http.html#history).</summary>
    public void AddVersion(ResourceVersion version)
    {
        BeginEntry();
        _json.WriteString("fullUrl", $"{_base}/{version.Type}/{version.Id}");
        if (!version.Deleted)
        {
            WriteResource(version);
        }

        (string method, string status) = version switch
        {
            { Deleted: true } => (HttpMethods.Delete, "204"),
            { Version: 1 } => (HttpMethods.Post, "201"),
            _ => (HttpMethods.Put, "200"),
        };
        _json.WriteStartObject("request");
        _json.WriteString("method", method);
        _json.WriteString("url", method == HttpMethods.Post ? version.Type : $"{version.Type}/{version.Id}");
        _json.WriteEndObject();
        _json.WriteStartObject("response");
        _json.WriteString("status", status);
        _json.WriteString("etag", FhirAnswer.ETag(version.Version));
        _json.WriteString("lastModified", MetaSplice.Instant(version.LastUpdated));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>An answer to one entry of a transaction or batch, in the client's order.</summary>
    public void AddResponse(string status, string? location, string? etag, IReadOnlyList<Issue> outcome)
    {
        BeginEntry();
        _json.WriteStartObject("response");
        _json.WriteString("status", status);
        if (location is not null)
        {
            _json.WriteString("location", location);
        }

        if (etag is not null)
        {
            _json.WriteString("etag", etag);
        }

        if (outcome.Count > 0)
        {
            _json.WritePropertyName("outcome");
            OperationOutcome.Write(_json, outcome);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>An answer to an entry of a batch that asks to be shown something.</summary>
    public void AddRead(ReadAnswer answer)
    {
        BeginEntry();
        if (!answer.Resource.IsEmpty)
        {
            if (answer.FullUrl is not null)
            {
                _json.WriteString("fullUrl", answer.FullUrl);
            }

            _json.WritePropertyName("resource");
            _json.WriteRawValue(answer.Resource.Span, skipInputValidation: true);
        }

        _json.WriteStartObject("response");
        _json.WriteString("status", $"{answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}");
        if (answer.ETag is not null)
        {
            _json.WriteString("etag", answer.ETag);
        }

        if (answer.LastModified is { } changed)
        {
            _json.WriteString("lastModified", MetaSplice.Instant(changed));
        }

        if (answer.Issue is not null)
        {
            _json.WritePropertyName("outcome");
            OperationOutcome.Write(_json, [answer.Issue]);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>The whole Bundle.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        if (_hasEntries)
        {
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
        return _output.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    // An empty array is no valid FHIR, so entry is begun with the first one.
    private void BeginEntry()
    {
        if (!_hasEntries)
        {
            _json.WriteStartArray("entry");
            _hasEntries = true;
        }

        _json.WriteStartObject();
    }

    private void AddFound(ResourceVersion version, ResourceSubset? subset, string mode)
    {
        BeginEntry();
        _json.WriteString("fullUrl", $"{_base}/{version.Type}/{version.Id}");
        WriteResource(version, subset);
        WriteMode(mode);
        _json.WriteEndObject();
    }

    private void WriteResource(ResourceVersion version, ResourceSubset? subset = null)
    {
        ReadOnlyMemory<byte> whole = MetaSplice.ToBytes(version);
        _json.WritePropertyName("resource");
        _json.WriteRawValue((subset?.Take(version.Type, whole.Span) ?? whole).Span, skipInputValidation: true);
    }

    private void WriteMode(string mode)
    {
        _json.WriteStartObject("search");
        _json.WriteString("mode", mode);
        _json.WriteEndObject();
    }
}
