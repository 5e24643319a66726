using RecordHub.Core.Access;
using RecordHub.Core.Completeness;

namespace RecordHub.Core.Tests.Stores;

/// <summary>As many open associations as a test says, for every study.</summary>
internal sealed class FakeActivity : IStudyActivity
{
    internal int Open { get; set; }

    public int CountOpen(Tenant tenant, IReadOnlySet<string> sopInstanceUids) => Open;
}
