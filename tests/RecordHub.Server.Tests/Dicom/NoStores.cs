using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>Stores that are down, except for what the index is made to say.</summary>
internal sealed class NoStores(Func<InstanceQuery, IReadOnlyList<InstanceMatch>>? matches = null) : IInstanceStore, IBlobStore, IReaderStore
{
    public Task NoteAsync(IReadOnlyCollection<PackageReading> readings, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task<IReadOnlyList<PackageReader>> ListReadersAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task WithdrawAsync(Withdrawal withdrawal, StoredResource notice, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task<IReadOnlyList<StoredInstance>> ReadStudyAsync(StudyKey study, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task<IReadOnlyList<StoredInstance>> ReadStudyFactsAsync(StudyKey study, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task<IReadOnlyList<StudyDelivery>> ReadDeliveriesAsync(StudyKey study, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task SaveStudyAsync(StudyKey study, RebuiltStudy rebuilt, long generation, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task<IReadOnlyList<InstanceMatch>> QueryAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(matches?.Invoke(query) ?? throw new IOException("down"));

    public Task<IReadOnlyList<InstancePlace>> LocateAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public IAsyncEnumerable<StoredInstance> RetrieveAsync(
        string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, AccessScope scope,
        CancellationToken cancellationToken) => throw new IOException("down");

    public Task<IReadOnlyDictionary<string, int>> CountByStudyAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public ValueTask<IBlobWriter> CreateAsync(BlobNaming naming, CancellationToken cancellationToken) => throw new IOException("down");

    public Task<Stream> OpenAsync(ContentHash hash, long offset, CancellationToken cancellationToken) =>
        throw new IOException("down");

    public Task<long?> FindLengthAsync(ContentHash hash, CancellationToken cancellationToken) => throw new IOException("down");

    public Task DeleteAsync(ContentHash hash, CancellationToken cancellationToken) => throw new IOException("down");

    public Task SetAsideAsync(ContentHash hash, CancellationToken cancellationToken) => throw new IOException("down");
}
