using System.Diagnostics;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Core.Telemetry;

namespace RecordHub.Core.Packages;

/// <summary>Seals what a case holds into package versions, and hands them out.</summary>
public sealed class PublishingDesk(
    ICaseStore cases, CaseContentReader reader, IPackageStore packages, IBlobStore blobs, ChecklistSet checklists,
    TimeProvider time)
{
    private const int MostAttempts = 8;
    private const int MostArrivals = 10_000;
    private const int MostLinks = 128; // What OpenTelemetry sends of a span.

    /// <summary>Publishes the next version, unless nothing has changed since the latest.</summary>
    public async Task<PublishOutcome> PublishAsync(
        CaseNumber number, string by, bool force, string? reason, AccessScope scope,
        CancellationToken cancellationToken)
    {
        using Activity? span = HubSources.Core.StartActivity("publish package")?.SetTag(SpanTags.Case, number.Value);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await cases.FindAsync(number, scope, cancellationToken) is not { } file)
            {
                return new PublishOutcome.Refused($"There is no case {number}.", "Run case list to see the cases.");
            }

            CaseContent content = await reader.ReadAsync(file, cancellationToken);
            Checklist checklist = checklists.For(file.Specialty);
            IReadOnlyDictionary<string, ReadOnlyMemory<byte>> embedded = await ReadAsync(content, cancellationToken);
            PackageVersion? latest = await packages.FindAsync(number, null, scope, cancellationToken);
            ChecklistFinding[] blockers = [.. ChecklistEvaluation.Evaluate(checklist, content).Blockers];
            if (latest is not null)
            {
                PackageVersion? before = latest.Version == 1
                    ? null : await packages.FindAsync(number, latest.Version - 1, scope, cancellationToken);
                if (PackageBuilder.Build(content, checklist, latest.Version, before, embedded).Digest == latest.Digest)
                {
                    return new PublishOutcome.Published(false, latest, blockers);
                }
            }

            if (Refuse(file, blockers, force, reason) is { } refusal)
            {
                return refusal;
            }

            IReadOnlyList<PackageArrival> arrivals = await packages.ListArrivalsAsync(
                number, latest?.CreatedAt ?? default, MostArrivals, cancellationToken);
            PackageDocument document = Build(content, checklist, latest, embedded);
            PackageVersion version = new()
            {
                Case = number,
                Version = document.Version,
                Digest = document.Digest,
                Length = document.Bundle.Length,
                CreatedAt = time.GetUtcNow(),
                CreatedBy = by,
                OverrideReason = blockers.Length > 0 ? reason?.Trim() : null,
                Entries = document.Entries,
            };
            await using (IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, cancellationToken))
            {
                await writer.WriteAsync(document.Bundle, cancellationToken);
                await writer.CommitAsync(document.Digest, cancellationToken);
            }

            if (await packages.SaveAsync(
                version, PublicationResources.Of(file, document, version, latest), cancellationToken))
            {
                Tell(span, version, arrivals);
                await MarkReadyAsync(number, cancellationToken);
                return new PublishOutcome.Published(true, version, blockers);
            }
        }

        return new PublishOutcome.Refused("Others kept publishing this case meanwhile.", "Try again.");
    }

    /// <summary>A version, the latest when none is named; null when there is none within the scope.</summary>
    public Task<PackageVersion?> ShowAsync(
        CaseNumber number, int? version, AccessScope scope, CancellationToken cancellationToken) =>
        packages.FindAsync(number, version, scope, cancellationToken);

    /// <summary>All versions within the scope, oldest first.</summary>
    public Task<IReadOnlyList<PackageVersion>> ListAsync(
        CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        packages.ListAsync(number, scope, cancellationToken);

    /// <summary>What changed from one version to another; null when one of them is not there.</summary>
    public async Task<IReadOnlyList<PackageChange>?> DiffAsync(
        CaseNumber number, int from, int to, AccessScope scope, CancellationToken cancellationToken)
    {
        PackageVersion? earlier = await packages.FindAsync(number, from, scope, cancellationToken);
        PackageVersion? later = await packages.FindAsync(number, to, scope, cancellationToken);
        return earlier is null || later is null ? null : PackageDiff.Between(earlier.Entries, later.Entries);
    }

    /// <summary>Opens the Bundle of a version, byte-exact; null when there is none.</summary>
    public async Task<Stream?> OpenBundleAsync(
        CaseNumber number, int? version, AccessScope scope, CancellationToken cancellationToken) =>
        await packages.FindAsync(number, version, scope, cancellationToken) is { } found
            ? await blobs.OpenAsync(found.Digest, 0, cancellationToken)
            : null;

    /// <summary>Writes a version as a ZIP to be carried; false when there is none.</summary>
    /// <param name="number">The case.</param>
    /// <param name="version">The version; the latest when null.</param>
    /// <param name="reconciled">Whether DICOM files name the case's patient instead of what each came with.</param>
    /// <param name="zip">Where it goes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> ExportAsync(
        CaseNumber number, int? version, bool reconciled, Stream zip, AccessScope scope,
        CancellationToken cancellationToken)
    {
        if (await packages.FindAsync(number, version, scope, cancellationToken) is not { } found
            || await cases.FindAsync(number, scope, cancellationToken) is not { } file)
        {
            return false;
        }

        CaseContent content = await reader.ReadAsync(file, cancellationToken);
        await PackageExport.WriteAsync(found, content, blobs, reconciled, zip, cancellationToken);
        return true;
    }

    /// <summary>Compares an exported ZIP with its own manifest. The stream must be seekable.</summary>
    public static PackageVerification Verify(Stream zip) => PackageArchive.Verify(zip);

    private static PackageDocument Build(
        CaseContent content, Checklist checklist, PackageVersion? latest,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> embedded)
    {
        using Activity? span = HubSources.Core.StartActivity("build package");
        return PackageBuilder.Build(content, checklist, (latest?.Version ?? 0) + 1, latest, embedded);
    }

    private static void Tell(Activity? span, PackageVersion version, IReadOnlyList<PackageArrival> arrivals)
    {
        if (span is not null)
        {
            span.SetTag(SpanTags.Version, version.Version).SetTag(SpanTags.Records, version.Entries.Count);
            foreach (ActivityContext trace in arrivals.Select(arrival => TraceContext.Parse(arrival.Trace))
                .Where(trace => trace.TraceId != default).DistinctBy(trace => trace.TraceId).Take(MostLinks))
            {
                span.AddLink(new ActivityLink(trace));
            }
        }

        HubMetrics.Published();
        foreach (PackageArrival arrival in arrivals)
        {
            HubMetrics.Packaged(version.CreatedAt - arrival.ReceivedAt);
        }
    }

    private static PublishOutcome? Refuse(CaseFile file, ChecklistFinding[] blockers, bool force, string? reason) =>
        !file.IsOpen ? new PublishOutcome.Refused(
            $"Case {file.Number} is {file.Status}; nothing more is published.", "Show its earlier versions instead.")
        : blockers.Length == 0 ? null
        : !force ? new PublishOutcome.Blocked(
            blockers, "Ask for what is missing (case letter), or publish with --force --reason REASON.")
        : string.IsNullOrWhiteSpace(reason) ? new PublishOutcome.Blocked(
            blockers, "Publishing although something is missing needs a reason: --force --reason REASON.")
        : null;

    private async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> ReadAsync(
        CaseContent content, CancellationToken cancellationToken)
    {
        Dictionary<string, ReadOnlyMemory<byte>> embedded = new(StringComparer.Ordinal);
        foreach (StoredBinary binary in EmbeddedBinaries.Select(content))
        {
            await using Stream stream = await blobs.OpenAsync(binary.Blob, binary.Offset, cancellationToken);
            byte[] bytes = new byte[binary.Length];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            embedded[binary.Id] = bytes;
        }

        return embedded;
    }

    // Publishing starts the review's clock; a case that is further on stays where it is.
    private async Task MarkReadyAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await cases.FindAsync(number, AccessScope.All, cancellationToken) is not
                { Status: CaseStatus.Compiling or CaseStatus.AwaitingRecords or CaseStatus.MoreInfo } file)
            {
                return;
            }

            CaseFile ready = file with { Status = CaseStatus.ReadyForReview };
            if (await cases.UpdateAsync(
                ready, [CaseResources.ServiceRequest(ready), CaseResources.Task(ready)], cancellationToken))
            {
                return;
            }
        }
    }
}
