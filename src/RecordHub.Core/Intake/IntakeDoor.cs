using System.Diagnostics;
using System.Runtime.CompilerServices;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Core.Intake;

/// <summary>The one door: every entrance calls it.</summary>
public sealed class IntakeDoor(IBlobStore blobs, IItemStore items, IntakeOptions options, TimeProvider time)
{
    /// <summary>
    /// Reads the stream to its end in one pass. When the outcome is not a refusal, the bytes and their row are durable.
    /// What reading the stream throws passes through, and nothing is kept.
    /// </summary>
    public ValueTask<IntakeOutcome> AcceptAsync(Stream content, Source source, CancellationToken cancellationToken) =>
        AcceptAsync(content, source, default(Announced), cancellationToken);

    /// <summary>The same for the one instance that the sender announced: another is refused.</summary>
    public ValueTask<IntakeOutcome> AcceptAsync(
        Stream content, Source source, SopReference? announced, CancellationToken cancellationToken) =>
        AcceptAsync(content, source, new Announced(announced, Uid.None), cancellationToken);

    /// <summary>The same for an instance of the study that the sender named: one of another is refused.</summary>
    public ValueTask<IntakeOutcome> AcceptAsync(
        Stream content, Source source, Uid study, CancellationToken cancellationToken) =>
        AcceptAsync(content, source, new Announced(null, study), cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IntakeOutcome> AcceptAsync(
        Stream content, Source source, Announced announced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(source);
        using Activity? span = HubSources.Core.StartActivity("receive");
        IntakeOutcome outcome = await TakeAsync(content, source, announced, cancellationToken).ConfigureAwait(false);
        string site = options.Sites.Of(source.Site);
        HubMetrics.Received(site, source.Door, outcome);
        if (span is not null)
        {
            span.SetTag(SpanTags.Site, site).SetTag(SpanTags.Door, Words.Of(source.Door))
                .SetTag(SpanTags.Outcome, Words.Of(outcome)).SetTag(SpanTags.Item, outcome.Kept?.ToString());
        }

        return outcome;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IntakeOutcome> TakeAsync(
        Stream content, Source source, Announced announced, CancellationToken cancellationToken)
    {
        try
        {
            // Disposing it without a commit leaves nothing behind, whatever is thrown.
            IBlobWriter blob = await blobs.CreateAsync(BlobNaming.ByRow, cancellationToken).ConfigureAwait(false);
            await using (blob.ConfigureAwait(false))
            {
                Memory<byte> head = blob.GetMemory();
                int length = await content.ReadAtLeastAsync(
                    head, ContentSniffer.HeadLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                SniffedContent sniffed = ContentSniffer.Recognise(head.Span[..length], source.FileName, source.MediaType);
                if (IntakeRules.AtHead(sniffed, head.Span[..length], source) is { } answer)
                {
                    return answer;
                }

                using ContentReading reading = new(
                    IntakeRules.KindAt(source.Door, sniffed.Kind), head.Span[..length], source, announced);
                try
                {
                    return await ReadAsync(content, blob, reading, length, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    HubMetrics.Bytes(options.Sites.Of(source.Site), source.Door, reading.Length);
                }
            }
        }
        catch (StorageFullException full)
        {
            return new IntakeOutcome.Refused(
                RefusalReason.OutOfResources, $"{full.Message.TrimEnd('.')}; send again later");
        }
        catch (StorageDamagedException)
        {
            return new IntakeOutcome.Refused(
                RefusalReason.Unavailable, "The store is damaged; send again when it was restored");
        }
        catch (StorageAwayException)
        {
            return new IntakeOutcome.Refused(RefusalReason.Unavailable, "The store does not answer; send again later");
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IntakeOutcome> ReadAsync(
        Stream content, IBlobWriter blob, ContentReading reading, int length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            reading.Add(blob.GetMemory().Span[..length]);
            if (reading.Refusal is { } refusal)
            {
                return refusal;
            }

            if (reading.Length > options.MaxLength)
            {
                return new IntakeOutcome.Refused(
                    RefusalReason.TooLarge, $"Longer than the {options.MaxLength} bytes that are taken");
            }

            await blob.AdvanceAsync(length, cancellationToken).ConfigureAwait(false);
            length = await content.ReadAsync(blob.GetMemory(), cancellationToken).ConfigureAwait(false);
        }

        reading.Complete();
        if (reading.Refusal is { } late)
        {
            return late;
        }

        BlobPlace? place = await blob.CommitAsync(reading.Blob, cancellationToken).ConfigureAwait(false);
        ReceivedItem item = reading.ToItem(ItemId.New(time), time.GetUtcNow(), place);
        IntakeOutcome outcome = await items.ReceiveAsync(item, cancellationToken).ConfigureAwait(false) switch
        {
            Receipt.New => new IntakeOutcome.Accepted(item.Id, item.Blob),
            Receipt.NewInConflict conflict => new IntakeOutcome.Conflicting(item.Id, item.Blob, conflict.Earlier),
            Receipt.Known known => new IntakeOutcome.AlreadyHeld(known.Item, item.Blob),
            _ => throw new InvalidOperationException("A receipt that the door does not know."),
        };
        return reading.Warning is null ? outcome : outcome with { Warning = reading.Warning };
    }
}
