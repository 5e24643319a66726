using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Resources;

/// <summary>Remembers FHIR resources with their history and their search index. Every read passes a scope.</summary>
public interface IResourceStore
{
    /// <summary>The current version (it may be a deletion); null when there never was one within the scope.</summary>
    Task<ResourceVersion?> ReadAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>All versions, newest first.</summary>
    Task<IReadOnlyList<ResourceVersion>> HistoryAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>Searches current versions.</summary>
    Task<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Current Patients that have one of the keys (<see cref="PatientMatch.KeysOf"/>), those with most of them first.
    /// </summary>
    Task<IReadOnlyList<ResourceVersion>> FindPatientsAsync(
        IReadOnlyList<string> keys, int count, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>All current resources of a case, and its Patient, ordered by type and id.</summary>
    Task<IReadOnlyList<ResourceVersion>> ListCaseAsync(CaseNumber number, CancellationToken cancellationToken);

    /// <summary>The Binary's place; null when there is none within the scope.</summary>
    Task<StoredBinary?> FindBinaryAsync(string id, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>All Binaries of a case, ordered by id.</summary>
    Task<IReadOnlyList<StoredBinary>> ListBinariesAsync(CaseNumber number, CancellationToken cancellationToken);
}
