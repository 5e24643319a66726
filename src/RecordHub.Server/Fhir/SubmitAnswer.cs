using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Tells a sender what became of what they sent, in FHIR's words.</summary>
internal sealed class SubmitAnswer(IResourceStore resources, SentPlaces places, BundleAnswer bundles, SenderAlerts alerts)
{
    /// <param name="call">The request.</param>
    /// <param name="submission">What became of its body.</param>
    /// <param name="type">The type that it was sent to; null for the root.</param>
    public async Task SendAsync(FhirCall call, Submission submission, string? type)
    {
        switch (submission.Outcome)
        {
            case IntakeOutcome.Refused refused:
                throw Refusals.Of(refused);
            case IntakeOutcome.Ignored ignored:
                throw Refusals.Of(ignored);
        }

        call.Context.Response.Headers["X-RecordHub-Item"] = submission.Item?.ToString();
        if (submission.Records.Count == 0)
        {
            await OperationOutcome.SendAsync(call.Context, StatusCodes.Status202Accepted, new Issue(
                "information", "informational", $"Item {submission.Item} is stored and is being filed."));
            return;
        }

        IReadOnlyList<SenderAlert> told =
            submission.IsFiled ? [] : await alerts.OfAsync(submission.Records, call.Aborted);
        SentContent? sent = await places.ReadAsync(submission.Records[0].Item, call.Aborted);
        WarnOfType(call, sent, type);
        if (sent is not null && (BundleAnswer.IsIndependent(sent) || (sent.BundleType is not null && submission.IsFiled)))
        {
            await bundles.SendAsync(call, submission, sent, told);
        }
        else if (!submission.IsFiled)
        {
            Issue[] issues =
            [
                .. told.Select(alert => new Issue("warning", "conflict", alert.Sentence)),
                .. submission.Records.Where(record => told.All(alert => alert.Record != record.Id))
                    .SelectMany(record => RecordIssues.OfAll(record)),
            ];
            await OperationOutcome.SendAsync(call.Context, StatusOf(submission.Records), issues);
        }
        else
        {
            await SendCreatedAsync(call, submission, sent?.Entries is [var only] ? only : null);
        }
    }

    // It is kept all the same: what a sender once sent is never dropped for a wrong address.
    private static void WarnOfType(FhirCall call, SentContent? sent, string? type)
    {
        string? came = sent switch
        {
            { BundleType: not null } => "Bundle",
            { Kind: not ContentKind.FhirNdjson, Entries: [{ Type: { } single }] } => single,
            _ => null,
        };
        if (type is not null and not "Binary" && came is not null && came != type)
        {
            call.Context.Response.Headers.Append("Warning", $"299 - \"The body is a {came}, sent to {type}.\"");
        }
    }

    // R4 http.html#create: 400 for what cannot be parsed, 422 for what is parsed and not taken.
    private static int StatusOf(IReadOnlyList<HeldRecord> records)
    {
        if (!records.All(record => record.State is RecordState.Rejected or RecordState.Ignored))
        {
            return StatusCodes.Status202Accepted;
        }

        return records.All(record => record.Reason == RecordIssues.Malformed)
            ? StatusCodes.Status400BadRequest
            : StatusCodes.Status422UnprocessableEntity;
    }

    private async Task SendCreatedAsync(FhirCall call, Submission submission, SentEntry? entry)
    {
        Issue[] issues = [.. RecordIssues.OfAll(submission.Records[0])];
        SentPlace? place = entry is null or { Type: "Binary" }
            ? await FirstOfAsync(submission, call.Aborted)
            : await places.FindAsync(entry, submission.Records, call.Aborted);
        bool isNew = submission.Outcome is not IntakeOutcome.AlreadyHeld && place?.IsKnownTo(call, submission.Records) != true;
        int status = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        HttpResponse response = call.Context.Response;
        if (place is not null)
        {
            response.Headers.Location = $"{call.Base}/{place.Location}";
            response.Headers.ETag = place.ETag;
        }

        if (place?.Version is not { } version || call.Prefers("return=OperationOutcome"))
        {
            await OperationOutcome.SendAsync(call.Context, status, issues);
        }
        else if (call.Prefers("return=minimal") || !call.Caller.May(Permission.ReadRecords) || !call.Scope.SeesType(version.Type))
        {
            response.StatusCode = status;
        }
        else
        {
            await FhirAnswer.SendAsync(call, version, status);
        }
    }

    // Of a document, what was made of it first: its Provenance names that.
    private async Task<SentPlace?> FirstOfAsync(Submission submission, CancellationToken cancellationToken)
    {
        foreach (HeldRecord record in submission.Records)
        {
            string id = Binding.ProvenanceIdOf(record.Case, record.Item.Content, record.Id.Part);
            if (await resources.ReadAsync("Provenance", id, AccessScope.All, cancellationToken) is not { Deleted: false } provenance)
            {
                continue;
            }

            using JsonDocument json = JsonDocument.Parse(provenance.Json);
            foreach (JsonElement target in json.RootElement.GetProperty("target").EnumerateArray())
            {
                if (target.GetProperty("reference").GetString()?.Split('/') is [var type, var name]
                    && await places.ReadAsync(type, name, cancellationToken) is { } place)
                {
                    return place;
                }
            }
        }

        return null;
    }
}
