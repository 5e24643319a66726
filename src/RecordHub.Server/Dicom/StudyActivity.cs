using System.Collections.Concurrent;
using RecordHub.Core.Access;
using RecordHub.Core.Completeness;

namespace RecordHub.Server.Dicom;

/// <summary>Which instances the open associations of this process have lately brought.</summary>
public sealed class StudyActivity : IStudyActivity
{
    /// <summary>So many are remembered of an association: enough that one of them is filed while it goes on.</summary>
    private const int Remembered = 512;

    private readonly ConcurrentDictionary<object, (Tenant Tenant, ConcurrentQueue<string> Instances)> _open = new();

    /// <inheritdoc />
    public int CountOpen(Tenant tenant, IReadOnlySet<string> sopInstanceUids) =>
        _open.Values.Count(one => one.Tenant == tenant && one.Instances.Any(sopInstanceUids.Contains));

    /// <summary>Notes that an open association has stored an instance.</summary>
    public void Stored(object association, Tenant tenant, string sopInstanceUid)
    {
        ConcurrentQueue<string> instances = _open.GetOrAdd(association, static (_, whose) => (whose, new()), tenant).Instances;
        instances.Enqueue(sopInstanceUid);
        if (instances.Count > Remembered)
        {
            instances.TryDequeue(out _);
        }
    }

    /// <summary>Notes that an association has ended.</summary>
    public void Ended(object association) => _open.TryRemove(association, out _);
}
