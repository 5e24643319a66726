using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Stores;

internal sealed partial class MemoryStore : IResourceStore, IInstanceStore
{
    private readonly Dictionary<string, StoredResource> _made = [];

    public Task<ResourceVersion?> ReadAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(Everything().Where(one => one.Type == type && one.Id == id).Select(Version).FirstOrDefault());

    public Task<IReadOnlyList<ResourceVersion>> HistoryAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ResourceVersion>> FindPatientsAsync(
        IReadOnlyList<string> keys, int count, AccessScope scope, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ResourceVersion>> ListCaseAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        string patient = _cases[number].Patient.Id;
        return Task.FromResult<IReadOnlyList<ResourceVersion>>([.. Everything()
            .Where(one => one.Case == number || (one.Type == "Patient" && one.Id == patient))
            .OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal).Select(Version)]);
    }

    public Task<StoredBinary?> FindBinaryAsync(string id, AccessScope scope, CancellationToken cancellationToken) =>
        Task.FromResult(_filings.Values.SelectMany(one => one.Binaries).FirstOrDefault(one => one.Id == id));

    public Task<IReadOnlyList<StoredBinary>> ListBinariesAsync(CaseNumber number, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredBinary>>([.. _filings.Values.SelectMany(one => one.Binaries)
            .Where(one => one.Case == number).DistinctBy(one => one.Id).OrderBy(one => one.Id, StringComparer.Ordinal)]);

    public Task<IReadOnlyList<StoredInstance>> ReadStudyAsync(StudyKey study, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredInstance>>([.. Instances(study.Case)
            .Where(one => one.Facts.StudyInstanceUid == study.StudyInstanceUid)]);

    public Task<IReadOnlyList<StoredInstance>> ReadStudyFactsAsync(StudyKey study, CancellationToken cancellationToken) =>
        ReadStudyAsync(study, cancellationToken);

    public Task<IReadOnlyList<StudyDelivery>> ReadDeliveriesAsync(StudyKey study, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StudyDelivery>>([.. Instances(study.Case)
            .Where(one => one.Facts.StudyInstanceUid == study.StudyInstanceUid)
            .Select(one => _items[RecordId.TryParse(one.RecordId, out RecordId id) ? id.Item : default].Received)
            .Select(item => new StudyDelivery
            {
                Door = item.Source.Door, First = item.ReceivedAt, Last = item.ReceivedAt, Instances = 1,
            })]);

    public Task SaveStudyAsync(
        StudyKey study, RebuiltStudy rebuilt, long generation, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<InstanceMatch>> QueryAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<InstancePlace>> LocateAsync(InstanceQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<StoredInstance> RetrieveAsync(
        string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, AccessScope scope,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, int>> CountByStudyAsync(CaseNumber number, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, int>>(Instances(number).GroupBy(one => one.Facts.StudyInstanceUid)
            .ToDictionary(group => group.Key, group => group.Count()));

    private void Save(IReadOnlyList<StoredResource> resources)
    {
        foreach (StoredResource resource in resources)
        {
            _made[$"{resource.Type}/{resource.Id}"] = resource;
        }
    }

    private IEnumerable<StoredResource> Everything() => _made.Values.Concat(_filings.Values.SelectMany(one => one.Resources)
        .DistinctBy(one => (one.Type, one.Id)));

    private IEnumerable<StoredInstance> Instances(CaseNumber number) => _filings.Values.SelectMany(one => one.Instances)
        .Where(one => one.Case == number).DistinctBy(one => (one.Facts.SopInstanceUid, one.DataSet))
        .OrderBy(one => one.Facts.StudyInstanceUid, StringComparer.Ordinal)
        .ThenBy(one => one.Facts.SeriesInstanceUid, StringComparer.Ordinal)
        .ThenBy(one => one.Facts.SopInstanceUid, StringComparer.Ordinal)
        .ThenBy(one => one.DataSet.ToString(), StringComparer.Ordinal);

    private static ResourceVersion Version(StoredResource one) => new()
    {
        Type = one.Type,
        Id = one.Id,
        Version = 1,
        LastUpdated = DateTimeOffset.UnixEpoch,
        Deleted = false,
        Case = one.Case,
        PatientId = one.PatientId,
        RecordId = one.RecordId,
        Json = one.Json,
    };
}
