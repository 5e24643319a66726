using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>What of the listed instances is held, what has come, and what is missing yet.</summary>
internal sealed class Arrivals
{
    private readonly HashSet<Uid> _received = [];
    private readonly Dictionary<Uid, string> _refused = [];
    private readonly int _wanted;

    public Arrivals(IReadOnlyList<ListedInstance> listed, Predicate<Uid> isHeld)
    {
        Listed = listed;
        Missing = [.. listed.Where(one => !isHeld(one.Instance))];
        _wanted = Missing.Count;
    }

    public IReadOnlyList<ListedInstance> Listed { get; }

    /// <summary>As of the last <see cref="Settle"/>.</summary>
    public IReadOnlyList<ListedInstance> Missing { get; private set; }

    public void Add(Uid instance) => _received.Add(instance);

    public void AddAll(IEnumerable<Uid> instances) => _received.UnionWith(instances);

    /// <summary>It came, and was not stored here.</summary>
    public void Refuse(Uid instance, string why) => _refused[instance] = why;

    /// <summary>Takes what has come out of what is missing; whether that was anything.</summary>
    public bool Settle()
    {
        int before = Missing.Count;
        Missing = [.. Missing.Where(one => !_received.Contains(one.Instance))];
        return Missing.Count < before;
    }

    /// <summary>How it has ended.</summary>
    /// <param name="why">Why the rest is missing, where nothing better is known of an instance.</param>
    /// <param name="counts">The sub-operations of all requests.</param>
    public FetchOutcome Outcome(string why, SubOperationCounts counts) => new(
        Listed.Count, Listed.Count - _wanted, _wanted - Missing.Count,
        [.. Missing.Select(one => (one.Instance, _refused.GetValueOrDefault(one.Instance, why)))], counts);
}
