using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RecordHub.Core.Intake;
using RecordHub.Core.Uploads;
using RecordHub.Documents.Archives;
using RecordHub.Server.Api;
using RecordHub.Server.Pipeline;

namespace RecordHub.Server.Uploads;

/// <summary>
/// Takes the files of one request in, each through the one door as it comes: what was answered as received is durable, and of
/// what did not come whole nothing is kept.
/// </summary>
internal sealed partial class UploadReader(IntakeDoor intake, IUploadLinkStore links, Backlog backlog, UploadRules rules, TimeProvider time)
{
    private const int MostNameCharacters = 1000;
    private const int MostOtherParts = 64;
    private const int PartHeaderBytes = 16 * 1024;
    private const string AnyType = "application/octet-stream";

    /// <summary>Reads a multipart body to its end, or to where no more of it is taken.</summary>
    public async Task<UploadReceipt> ReadAsync(
        string boundary, Stream body, FoundUploadLink found, UploadTexts texts, CancellationToken cancellationToken)
    {
        MultipartReader reader = new(boundary, body) { HeadersLengthLimit = PartHeaderBytes };
        UploadQuota quota = new(links, found.Link.Id, rules, time);
        UploadTurn turn = new(quota, backlog, rules, texts);
        try
        {
            return new UploadReceipt(turn.Files, await ReadAsync(reader, turn, found, cancellationToken));
        }
        finally
        {
            await quota.SettleAsync();
        }
    }

    private async Task<UploadEnd> ReadAsync(
        MultipartReader reader, UploadTurn turn, FoundUploadLink found, CancellationToken cancellationToken)
    {
        int others = 0;
        while (true)
        {
            string? name = null;
            try
            {
                if (await UploadBody.WholeAsync(() => reader.ReadNextSectionAsync(cancellationToken)) is not { } section)
                {
                    return UploadEnd.Whole;
                }

                name = NameOf(section);
                if (name is null)
                {
                    // A field of the form, or a choice of files that was left empty.
                    if (++others > MostOtherParts)
                    {
                        return UploadEnd.TooMany;
                    }
                }
                else if (name.Length > MostNameCharacters)
                {
                    turn.Files.Add(UploadedFile.Refused(name[..MostNameCharacters], turn.Texts.NameTooLong));
                }
                else
                {
                    await turn.BeginFileAsync(cancellationToken);
                    UploadEnd end = await TakeAsync(
                        new UploadBody(section.Body, turn.Quota), SourceOf(found, name, section), turn, cancellationToken);
                    if (end != UploadEnd.Whole)
                    {
                        return end;
                    }
                }
            }
            catch (UploadEndedException ended)
            {
                if (name is not null)
                {
                    turn.Files.Add(UploadedFile.Refused(name, ReasonOf(ended.End, turn.Texts)));
                }

                return ended.End;
            }
        }
    }

    private async Task<UploadEnd> TakeAsync(UploadBody body, Source source, UploadTurn turn, CancellationToken cancellationToken)
    {
        byte[] head = new byte[ArchiveCheck.HeadLength];
        int length = await turn.BeforehandAsync(
            () => body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).AsTask());
        using MemoryStream first = new(head, 0, length, writable: false);
        await using JoinedStream whole = new(first, body);
        ArchiveKind kind = ArchiveCheck.KindOf(head.AsSpan(0, length), source.FileName!);
        return kind is ArchiveKind.Zip or ArchiveKind.Tar or ArchiveKind.DiscImage
            ? await TakeArchiveAsync(whole, kind, source, turn, cancellationToken)
            : await TakeFileAsync(whole, source, turn, cancellationToken);
    }

    private async Task<UploadEnd> TakeFileAsync(Stream body, Source source, UploadTurn turn, CancellationToken cancellationToken)
    {
        bool isNew = false;
        try
        {
            await foreach (MailFile part in MailParts.OfAsync(body, areTaken: true, cancellationToken))
            {
                string path = part.Name is null ? source.FileName! : $"{source.FileName}!/{part.Name}";
                if (part.Content is null)
                {
                    turn.Files.Add(UploadedFile.Refused(path, turn.Texts.NotReadBecause(part.Trouble)));
                    continue;
                }

                IntakeOutcome outcome = await intake.AcceptAsync(
                    part.Content, part.Name is null ? source : source with { FileName = path, MediaType = null }, cancellationToken);
                turn.Files.Add(UploadedFile.Of(path, outcome, turn.Texts));
                isNew |= outcome is IntakeOutcome.Accepted or IntakeOutcome.Conflicting;
                if (EndOf(outcome) is var end && end != UploadEnd.Whole)
                {
                    return end;
                }

                // What follows came in the e-mail that came first.
                source = source.Within is null && part.Name is null ? source with { Within = outcome.Kept?.ToString() } : source;
            }

            return UploadEnd.Whole;
        }
        finally
        {
            if (!isNew)
            {
                turn.Quota.ReturnFile();
            }
        }
    }

    // Other refusals are of one file; these are of what would follow it too.
    private static UploadEnd EndOf(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Refused { Reason: RefusalReason.TooLarge } => UploadEnd.TooLarge,
        IntakeOutcome.Refused { Reason: RefusalReason.OutOfResources } => UploadEnd.Full,
        IntakeOutcome.Refused { Reason: RefusalReason.Unavailable } => UploadEnd.Away,
        _ => UploadEnd.Whole,
    };

    private static string ReasonOf(UploadEnd end, UploadTexts texts) => end switch
    {
        UploadEnd.TooMany => texts.TooMany,
        UploadEnd.TooLarge => texts.TooLarge,
        UploadEnd.LinkFull => texts.LinkFull,
        UploadEnd.Full => texts.Full,
        UploadEnd.Away => texts.Away,
        _ => texts.Broken,
    };

    private static Source SourceOf(FoundUploadLink found, string name, MultipartSection section) => new()
    {
        Door = Door.Upload,
        Sender = found.Link.Sender,
        Case = found.Link.Case,
        Tenant = found.Tenant,
        FileName = name,
        MediaType = section.ContentType is { Length: > 0 and <= MostNameCharacters } type and not AnyType ? type : null,
        LeavesArchives = true,
    };

    // The path of a file in a folder is its name. Null when the part is no file.
    private static string? NameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
        {
            return null;
        }

        string name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? string.Empty;

        // Browsers write a quotation mark of a name so (HTML, multipart/form-data encoding algorithm); line breaks are left out.
        string plain = HeaderUtilities.RemoveQuotes(name).Value!.Replace("%22", "\"", StringComparison.Ordinal)
            .Replace("%0D", string.Empty, StringComparison.Ordinal).Replace("%0A", string.Empty, StringComparison.Ordinal);
        string clean = string.Concat(plain.Where(static one => !char.IsControl(one))).Trim();
        return clean.Length == 0 ? null : clean;
    }
}
