using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Tells a sender what became of what they sent, in FHIR's words.</summary>
internal sealed class SubmitAnswer(IResourceStore resources, SenderAlerts alerts)
{
    private const string Malformed = "malformed";
    private const string TurnedDown = "rejected";

    public async Task SendAsync(FhirCall call, Submission submission, EntryList entries)
    {
        switch (submission.Outcome)
        {
            case IntakeOutcome.Refused refused:
                throw Refusals.Of(refused);
            case IntakeOutcome.Ignored ignored:
                throw Refusals.Of(ignored);
        }

        call.Context.Response.Headers["X-RecordHub-Item"] = submission.Item?.ToString();
        if (!submission.IsFiled)
        {
            await SendUnfiledAsync(call, submission);
        }
        else if (entries.ResourceType == "Bundle")
        {
            await SendBundleAsync(call, submission, entries);
        }
        else
        {
            await SendCreatedAsync(call, submission, entries.ResourceType);
        }
    }

    private async Task SendUnfiledAsync(FhirCall call, Submission submission)
    {
        if (submission.Records.Count == 0)
        {
            await OperationOutcome.SendAsync(call.Context, StatusCodes.Status202Accepted, new Issue(
                "information", "informational", $"Item {submission.Item} is stored and is being filed."));
            return;
        }

        IReadOnlyList<SenderAlert> told = await alerts.OfAsync(submission.Records, call.Aborted);
        Issue[] issues =
        [
            .. told.Select(alert => new Issue("warning", "conflict", alert.Sentence)),
            .. submission.Records.Where(record => told.All(alert => alert.Record != record.Id)).Select(record => Describe(record)),
        ];
        await OperationOutcome.SendAsync(call.Context, StatusOf(submission.Records), issues);
    }

    // R4 http.html#create: 400 for what cannot be parsed, 422 for what is parsed and not taken.
    private static int StatusOf(IReadOnlyList<HeldRecord> records)
    {
        if (!records.All(record => record.State is RecordState.Rejected or RecordState.Ignored))
        {
            return StatusCodes.Status202Accepted;
        }

        return records.All(record => record.Reason == Malformed)
            ? StatusCodes.Status400BadRequest
            : StatusCodes.Status422UnprocessableEntity;
    }

    // A sender may not be one who may see the case: the reason is told, the evidence is not.
    private static Issue Describe(HeldRecord record) => record.State switch
    {
        RecordState.Filed => new Issue("information", "informational", $"Record {record.Id} was filed to case {record.Case}."),
        RecordState.Held => new Issue(
            "warning", "business-rule",
            $"Record {record.Id} is stored and held for a person ({record.Reason}); it is in no case until it is assigned."),
        // A coordinator's own words are not for the sender.
        _ when record.Reason == TurnedDown => new Issue(
            "error", "business-rule", $"Record {record.Id} was turned down by a person and is in no case; ask the coordinator why."),
        _ => new Issue(
            "error", record.Reason == Malformed ? "structure" : "processing",
            $"Record {record.Id} is stored, but was not read ({record.Reason}). {record.Explanation} Correct it and send it again."),
    };

    private async Task SendCreatedAsync(FhirCall call, Submission submission, string? type)
    {
        HeldRecord first = submission.Records[0];
        List<string> targets = await TargetsAsync(submission, call.Aborted);
        string? place = targets.Find(target => type is not null && target.StartsWith(type + "/", StringComparison.Ordinal))
            ?? targets.FirstOrDefault();
        ResourceVersion? version = place is null ? null : await ReadAsync(place, call.Aborted);
        if (version is null)
        {
            await OperationOutcome.SendAsync(call.Context, StatusCodes.Status201Created, Describe(first));
            return;
        }

        bool isNew = submission.Outcome is not IntakeOutcome.AlreadyHeld;
        int status = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        HttpResponse response = call.Context.Response;
        response.Headers.Location = $"{call.Base}/{place}/_history/{version.Version}";
        if (call.Prefers("return=OperationOutcome"))
        {
            response.Headers.ETag = FhirAnswer.ETag(version.Version);
            await OperationOutcome.SendAsync(call.Context, status, Describe(first));
        }
        else if (call.Prefers("return=minimal") || !call.Caller.May(Permission.ReadRecords))
        {
            response.Headers.ETag = FhirAnswer.ETag(version.Version);
            response.StatusCode = status;
        }
        else
        {
            await FhirAnswer.SendAsync(call, version, status);
        }
    }

    private async Task SendBundleAsync(FhirCall call, Submission submission, EntryList entries)
    {
        List<string> targets = await TargetsAsync(submission, call.Aborted);
        string kind = entries.BundleType == "batch" ? "batch-response" : "transaction-response";
        using BundleWriter bundle = new(kind, call.Base, null);
        Issue[] told = [.. submission.Records.Select(Describe)];
        for (int i = 0; i < entries.Entries.Count; i++)
        {
            // A record's resources were filed in the order of its entries, so the next one of the type is this entry's;
            // patients all became the case's one.
            string type = entries.Entries[i] + "/";
            int at = targets.FindIndex(target => target.StartsWith(type, StringComparison.Ordinal));
            string? place = at < 0 ? null : targets[at];
            if (at >= 0 && type != "Patient/")
            {
                targets.RemoveAt(at);
            }

            ResourceVersion? version = place is null ? null : await ReadAsync(place, call.Aborted);
            bundle.AddResponse(
                version is null ? "200 OK" : "201 Created",
                version is null ? null : $"{place}/_history/{version.Version}",
                version is null ? null : FhirAnswer.ETag(version.Version),
                i == 0 ? told : []);
        }

        await FhirAnswer.SendAsync(call, bundle.Finish());
    }

    // Each record's Provenance names what was filed of it, in order (Binding makes its id of the content and the part).
    private async Task<List<string>> TargetsAsync(Submission submission, CancellationToken cancellationToken)
    {
        List<string> targets = [];
        foreach (HeldRecord record in submission.Records)
        {
            string id = ResourceId.Of(record.Case, "Provenance", $"{record.Item.Content}.{record.Id.Part}");
            if (await ReadAsync("Provenance/" + id, cancellationToken) is not { } provenance)
            {
                continue;
            }

            using JsonDocument json = JsonDocument.Parse(provenance.Json);
            foreach (JsonElement target in json.RootElement.GetProperty("target").EnumerateArray())
            {
                if (target.TryGetProperty("reference", out JsonElement reference) && reference.GetString() is { } text)
                {
                    targets.Add(text);
                }
            }
        }

        return targets;
    }

    // Read whatever the token may see: one who only submits hears where it went, and only a reader is shown the content.
    private async Task<ResourceVersion?> ReadAsync(string place, CancellationToken cancellationToken)
    {
        string[] parts = place.Split('/');
        ResourceVersion? version = parts.Length == 2
            ? await resources.ReadAsync(parts[0], parts[1], AccessScope.All, cancellationToken)
            : null;
        return version is { Deleted: false } ? version : null;
    }
}
