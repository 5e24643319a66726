using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Intake;

/// <summary>Says what would become of a file, by the same reading and the same decision as filing; changes nothing.</summary>
/// <remarks>
/// It looks at each file by itself: two files of one import that are copies of each other, or contradict each other, are
/// not seen.
/// </remarks>
public sealed class FilingPreview(IItemStore items, ICaseStore cases, IInstanceStore instances)
{
    private readonly WhoseRecord _whose = new(items, cases);

    /// <summary>The outcome of a file whose first bytes decide; null when it has to be looked at.</summary>
    public static PreviewedRecord? AtHead(ReadOnlySpan<byte> head, Source source)
    {
        ArgumentNullException.ThrowIfNull(source);
        SniffedContent sniffed = ContentSniffer.Recognise(head, source.FileName, source.MediaType);
        return IntakeRules.AtHead(sniffed, head, source) is { } answer ? Of(sniffed.Kind, answer) : null;
    }

    /// <summary>The outcome that each record of the content would have; at least one.</summary>
    /// <param name="content">The file, at its beginning; seekable.</param>
    /// <param name="source">As intake would be told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<PreviewedRecord>> LookAsync(
        Stream content, Source source, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[ContentSniffer.HeadLength];
        int length = await content.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken);
        if (AtHead(piece.AsSpan(0, length), source) is { } known)
        {
            return [known];
        }

        ContentKind kind = ContentSniffer.Recognise(piece.AsSpan(0, length), source.FileName, source.MediaType).Kind;
        using ContentReading reading = new(kind, piece.AsSpan(0, length), source, announced: default);
        while (length > 0)
        {
            reading.Add(piece.AsSpan(0, length));
            length = await content.ReadAsync(piece, cancellationToken);
        }

        reading.Complete();
        if (reading.Refusal is { } refusal)
        {
            return [Of(kind, refusal)];
        }

        if (await items.HoldsAsync(reading.Blob, source.Tenant, cancellationToken))
        {
            return [PreviewedRecord.Of(kind, RecordState.Filed, "already-here", string.Empty) with { IsDuplicate = true }];
        }

        content.Position = 0;
        NormalizationContext context = new()
        {
            Blob = reading.Blob,
            Content = reading.Blob,
            DefaultIssuer = source.DefaultIssuer,
            Site = source.Site,
            FileName = source.FileName,
            MediaType = source.MediaType,
            TakesFilesOfMail = source.Door is Door.Import or Door.Upload,
            OpensArchivesOfMail = !source.LeavesArchives,
        };
        return Normalizer.Normalize(kind, content, content.Length, context) switch
        {
            Normalized.Records records => await DecideAsync(kind, records.Parts, source, reading.Content, cancellationToken),
            Normalized.Unreadable unreadable =>
                [PreviewedRecord.Of(kind, RecordState.Rejected, unreadable.Code, unreadable.Sentence)],
            Normalized.NotARecord nothing =>
                [PreviewedRecord.Of(kind, RecordState.Ignored, nothing.What, string.Empty)],
            _ => throw new InvalidOperationException("An outcome of normalisation that the preview does not know."),
        };
    }

    private async Task<IReadOnlyList<PreviewedRecord>> DecideAsync(
        ContentKind kind, IReadOnlyList<PatientRecord> parts, Source source, ContentHash same,
        CancellationToken cancellationToken)
    {
        List<PreviewedRecord> previews = [];
        foreach (PatientRecord part in parts)
        {
            if (await FindSameInstanceAsync(kind, part, source, same, cancellationToken) is { } held)
            {
                previews.Add(held);
                continue;
            }

            AssignmentEvidence evidence = await _whose.CollectAsync(part.Claim, source, default, [], cancellationToken) with
            {
                AmongOthers = parts.Any(other => !other.Claim.NamesNobody),
                StudyOfOthers = await _whose.IsStudyOfOthersAsync(part, source, cancellationToken),
            };
            AssignmentDecision decision = await _whose.DecideAsync(part, evidence, source, cancellationToken);
            bool takenBack = await _whose.WasTakenBackAsync(decision, cancellationToken);
            previews.Add(Describe(kind, takenBack ? FilingDraft.TakenBack(decision) : decision) with
            {
                Lost = [.. part.Losses.Union(part.Incomplete is { } missing ? [missing] : [])],
            });
        }

        return previews.Count > 0 ? previews : [PreviewedRecord.Of(kind, RecordState.Ignored, "holds no record", string.Empty)];
    }

    // The same instance with the same data set is a duplicate whatever its file meta says; with another one, a conflict.
    private async Task<PreviewedRecord?> FindSameInstanceAsync(
        ContentKind kind, PatientRecord part, Source source, ContentHash same, CancellationToken cancellationToken)
    {
        if (part.Instance is not { } facts)
        {
            return null;
        }

        await foreach (StoredInstance held in instances.RetrieveAsync(
            facts.StudyInstanceUid, facts.SeriesInstanceUid, facts.SopInstanceUid, AccessScope.Of(source.Tenant),
            cancellationToken))
        {
            return held.DataSet == same
                ? PreviewedRecord.Of(kind, RecordState.Filed, "already-here", string.Empty) with { IsDuplicate = true }
                : PreviewedRecord.Of(
                    kind, RecordState.Held, "conflict", "The same SOP Instance UID is here with other content.");
        }

        return null;
    }

    // As the real run would answer.
    private static PreviewedRecord Of(ContentKind kind, IntakeOutcome answer) => answer switch
    {
        IntakeOutcome.Ignored ignored => PreviewedRecord.Of(kind, RecordState.Ignored, ignored.What, string.Empty),
        IntakeOutcome.Refused refused => PreviewedRecord.Of(kind, RecordState.Rejected, "not-understood", refused.Detail),
        _ => throw new InvalidOperationException("An answer of intake that the preview does not know."),
    };

    private static PreviewedRecord Describe(ContentKind kind, AssignmentDecision decision) => decision switch
    {
        AssignmentDecision.File file => PreviewedRecord.Of(kind, RecordState.Filed, file.Because, file.Explanation) with
        {
            Case = file.Case.Number,
        },
        AssignmentDecision.Pass pass => PreviewedRecord.Of(kind, RecordState.Ignored, pass.Reason, pass.Explanation),
        AssignmentDecision.Hold hold => PreviewedRecord.Of(kind, RecordState.Held, hold.Reason, hold.Explanation),
        _ => throw new InvalidOperationException("A decision that the preview does not know."),
    };
}
