using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>STOW-RS: instances as multipart/related, each streamed through the one door (PS3.18 §10.5).</summary>
internal sealed class StowApi(
    IntakeDoor intake, PipelineWaiter pipeline, ICaseStore cases, SenderAlerts alerts, RecordHubOptions options,
    TimeProvider time)
{
    private const string Dicom = "application/dicom";
    private const int MostBoundaryCharacters = 200;

    // Enough for what is filed at once; a bigger delivery is stored all the same, and filed after the answer.
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder web)
    {
        web.MapPost("/studies", StoreAsync).Needs(Permission.Submit, ResourceAction.Create, "ImagingStudy").TakesRecords();
        web.MapPost("/studies/{study}", StoreAsync).Needs(Permission.Submit, ResourceAction.Create, "ImagingStudy").TakesRecords();
    }

    private async Task StoreAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        (string? boundary, bool isSingle) = Understand(context.Request);
        if (!MediaRange.Of(context.Request).Any(range => range.Takes(DicomJson.MediaType) || range.Takes("application/json")))
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported", "The answer comes as application/dicom+json.");
        }

        Destination destination = await CaseOfRequest.FindAsync(context, call.Case, cases);
        SiteOptions? site = SendingSite.Of(call.Caller, options);
        Source source = new()
        {
            Door = Door.Stow,
            Site = site?.Name,
            DefaultIssuer = site?.DefaultIssuer,
            Sender = call.Caller.Name,
            Case = destination.Case,
            Tenant = destination.Tenant,
            MediaType = Dicom,
        };
        List<StowPart> parts = [];
        bool isWhole = true;
        if (isSingle)
        {
            parts.Add(await AcceptAsync(context.Request.Body, source, call));
        }
        else
        {
            isWhole = await ReadPartsAsync(new MultipartReader(boundary ?? string.Empty, context.Request.Body), source, call, parts);
        }

        if (parts.Count == 0)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, "required", "The request has no part.");
        }

        if (!isWhole)
        {
            context.Response.Headers.Append(
                "Warning", "299 recordhub \"The body ends without its last boundary. What is listed here as stored is stored; "
                + "if there was more, send that again.\"");
        }

        Dictionary<ItemId, HeldRecord> records = await RecordsAsync(parts, call.Aborted);
        if (await alerts.OfAsync(records.Values, call.Aborted) is [SenderAlert first, ..] told)
        {
            // The response has a code for each instance and no words; RFC 7234 §5.5 has a header for them.
            context.Response.Headers.Append("Warning", $"299 recordhub \"{told.Count} of the instances: {first.Sentence}\"");
        }

        await StowAnswer.SendAsync(call, parts, records, isWhole);
    }

    // Whether the body ended as it should: what came before it breaks off is stored, and is answered for all the same
    // (some clients put bytes behind the last boundary that may not be there, RFC 2046 §5.1.1).
    private async Task<bool> ReadPartsAsync(MultipartReader reader, Source source, DicomWebCall call, List<StowPart> parts)
    {
        try
        {
            while (await WholeAsync(() => reader.ReadNextSectionAsync(call.Aborted)) is { } section)
            {
                parts.Add(await AcceptAsync(section.Body, source, call));
            }

            return true;
        }
        catch (RefusedException) when (parts.Count > 0)
        {
            return false;
        }
    }

    private static (string? Boundary, bool IsSingle) Understand(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(MediaRange.Quote(request.ContentType ?? string.Empty), out MediaTypeHeaderValue? type))
        {
            throw Unsupported();
        }

        if (type.MediaType.Equals(Dicom, StringComparison.OrdinalIgnoreCase))
        {
            return (null, true);
        }

        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? string.Empty;
        string? parts = type.Parameters
            .FirstOrDefault(parameter => parameter.Name.Equals("type", StringComparison.OrdinalIgnoreCase))?.Value.Value;
        bool isDicom = parts is null || parts.Trim('"').Equals(Dicom, StringComparison.OrdinalIgnoreCase);
        if (!type.MediaType.Equals("multipart/related", StringComparison.OrdinalIgnoreCase) || !isDicom)
        {
            throw Unsupported();
        }

        return boundary.Length is > 0 and <= MostBoundaryCharacters
            ? (boundary, false)
            : throw new RefusedException(StatusCodes.Status400BadRequest, "invalid", "multipart/related needs a boundary.");
    }

    private static RefusedException Unsupported() => new(
        StatusCodes.Status415UnsupportedMediaType, "not-supported",
        "Send multipart/related; type=\"application/dicom\" with a boundary, or one instance as application/dicom.");

    /// <summary>Runs a read of a multipart body; one that is cut off is malformed, whatever the framework calls it.</summary>
    internal static async Task<T> WholeAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception cut) when (cut is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "structure",
                "The multipart body ends before its last boundary; what came before that part was stored. Send it again.");
        }
    }

    private async Task<StowPart> AcceptAsync(Stream body, Source source, DicomWebCall call)
    {
        await using HeadTee tee = new(body);
        try
        {
            Uid study = call.Study is { } named ? Uid.Parse(named) : Uid.None;
            IntakeOutcome outcome = await intake.AcceptAsync(tee, source, study, call.Aborted);
            return new StowPart(tee.ReadNames(), outcome);
        }
        catch (StorageFullException full)
        {
            return new StowPart(tee.ReadNames(), new IntakeOutcome.Refused(RefusalReason.OutOfResources, full.Message));
        }
    }

    private async Task<Dictionary<ItemId, HeldRecord>> RecordsAsync(
        List<StowPart> parts, CancellationToken cancellationToken)
    {
        Dictionary<ItemId, HeldRecord> records = [];
        TimeSpan left = s_wait;
        foreach (StowPart part in parts)
        {
            if (part.Item is not { } item)
            {
                continue;
            }

            long started = time.GetTimestamp();
            IReadOnlyList<HeldRecord> found = await pipeline.WaitAsync(item, left, cancellationToken);
            TimeSpan took = time.GetElapsedTime(started);
            left = took < left ? left - took : TimeSpan.Zero;
            if (found.Count > 0)
            {
                records[item] = found[0];
            }
        }

        return records;
    }
}
