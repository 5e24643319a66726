using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>Sends instances by STOW-RS (PS3.18 §10.5), one in a request, so that each has an answer of its own.</summary>
internal sealed class StowSender(HttpClient http, Uri root)
{
    private readonly Uri _studies = new(root.ToString().TrimEnd('/') + "/studies");

    /// <summary>
    /// Sends the instances one after the other and tells of each what became of it. A connection that breaks, or a peer that
    /// has no room or lets nobody in, ends the sending, and the rest is told as unsent.
    /// </summary>
    /// <returns>Why sending ended early, and what to do; null when everything was offered to the peer.</returns>
    public async Task<CommandException?> SendAsync(
        IReadOnlyList<OutgoingInstance> instances, SentJournal? journal, Action<SentInstance> told,
        CancellationToken cancellationToken)
    {
        CommandException? ended = null;
        foreach (OutgoingInstance instance in SentJournal.Left(instances, journal, told))
        {
            if (ended is not null)
            {
                told(SentInstance.Of(instance, SendOutcome.Unsent, "not sent: sending ended before"));
                continue;
            }

            (SentInstance sent, ended) = await SendOneAsync(instance, cancellationToken);
            told(sent);
            if (sent.Sent)
            {
                journal?.Add(instance);
            }
        }

        return ended;
    }

    private async Task<(SentInstance Sent, CommandException? Ended)> SendOneAsync(
        OutgoingInstance instance, CancellationToken cancellationToken)
    {
        Stream dataSet;
        try
        {
            dataSet = await instance.OpenAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BlobMissingException)
        {
            return (SentInstance.Of(instance, SendOutcome.Unsent, "not sent: its bytes cannot be read any more"), null);
        }

        await using Stream opened = dataSet;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _studies) { Content = Content(instance, dataSet) };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/dicom+json"));
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            return await ReadAsync(instance, response, cancellationToken);
        }
        catch (Exception failed) when (failed is HttpRequestException
            || (failed is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string how = (failed as HttpRequestException)?.HttpRequestError.ToString() ?? "too late";
            return (
                SentInstance.Of(instance, SendOutcome.Unanswered, "not answered: the peer may have it, and it may be sent again"),
                new CommandException(
                    $"{_studies} does not answer ({how}).",
                    "Check the site's DicomWebUrl, and that the peer is running and reachable from here; then send again with --resume."));
        }
    }

    private async Task<(SentInstance Sent, CommandException? Ended)> ReadAsync(
        OutgoingInstance instance, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string http = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        string answer = await response.Content.ReadAsStringAsync(cancellationToken);
        ushort? failure = CodeOf(answer, "00081198", "00081197");
        ushort? warning = CodeOf(answer, "00081199", "00081196");
        SendOutcome outcome = !response.IsSuccessStatusCode || failure is not null ? SendOutcome.Refused
            : warning is not null ? SendOutcome.Warned
            : SendOutcome.Stored;
        ushort? status = failure ?? warning ?? (outcome == SendOutcome.Stored ? DimseStatus.Success : null);
        SentInstance sent = SentInstance.Of(instance, outcome, outcome == SendOutcome.Stored ? string.Empty : http) with
        {
            Status = status?.ToString("X4", CultureInfo.InvariantCulture) ?? string.Empty,
        };
        return (sent, response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new CommandException(
                $"{_studies} asks for credentials ({http}).", "Have its operator let this machine store there without."),
            HttpStatusCode.InsufficientStorage or HttpStatusCode.ServiceUnavailable => new CommandException(
                $"{_studies} can take nothing now ({http}).", "Send again later with --resume."),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => new CommandException(
                $"{_studies} takes no STOW-RS ({http}).", "Check the site's DicomWebUrl: it is the base of a DICOMweb interface."),
            _ => null,
        });
    }

    private static MultipartContent Content(OutgoingInstance instance, Stream dataSet)
    {
        ArrayBufferWriter<byte> meta = new(512);
        FileMetaWriter.Write(meta, instance.SopClass, instance.SopInstance, instance.TransferSyntax);
        FileContent file = new(meta.WrittenMemory, dataSet);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
        MultipartContent content = new("related", $"recordhub-{Guid.NewGuid():N}") { file };
        content.Headers.ContentType?.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        return content;
    }

    /// <summary>A code of the first item of a sequence of the answer; null when there is none.</summary>
    private static ushort? CodeOf(string answer, string sequence, string code)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(sequence, out JsonElement items)
                && items.TryGetProperty("Value", out JsonElement values) && values.GetArrayLength() > 0
                && values[0].TryGetProperty(code, out JsonElement element)
                && element.TryGetProperty("Value", out JsonElement codes) && codes.GetArrayLength() > 0
                && codes[0].TryGetUInt16(out ushort value)
                ? value
                : null;
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException)
        {
            // An answer without details: the status of HTTP says it.
            return null;
        }
    }
}
