#pragma warning disable CS9113 // signatures first
using RecordHub.Core.Cases;
using RecordHub.Core.Checklists;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Packages;

/// <summary>Seals what a case holds into package versions, and hands them out.</summary>
public sealed class PublishingDesk(
    ICaseStore cases, CaseContentReader reader, IPackageStore packages, IBlobStore blobs, ChecklistSet checklists,
    TimeProvider time)
{
    /// <summary>Publishes the next version, unless nothing has changed since the latest.</summary>
    public Task<PublishOutcome> PublishAsync(
        CaseNumber number, string by, bool force, string? reason, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>A version, the latest when none is named; null when there is none.</summary>
    public Task<PackageVersion?> ShowAsync(CaseNumber number, int? version, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>All versions, oldest first.</summary>
    public Task<IReadOnlyList<PackageVersion>> ListAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>What changed from one version to another; null when one of them is not there.</summary>
    public Task<IReadOnlyList<PackageChange>?> DiffAsync(
        CaseNumber number, int from, int to, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Opens the Bundle of a version, byte-exact; null when there is none.</summary>
    public Task<Stream?> OpenBundleAsync(CaseNumber number, int? version, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Writes a version as a ZIP to be carried; false when there is none.</summary>
    public Task<bool> ExportAsync(CaseNumber number, int? version, Stream zip, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Compares an exported ZIP with its own manifest. The stream must be seekable.</summary>
    public static PackageVerification Verify(Stream zip) => throw new NotImplementedException();
}
