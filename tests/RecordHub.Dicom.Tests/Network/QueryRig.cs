using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using static RecordHub.Dicom.Tests.Network.NetworkUids;

namespace RecordHub.Dicom.Tests.Network;

/// <summary>Our requestor associated with our acceptor, which serves queries and retrievals.</summary>
internal sealed class QueryRig : IAsyncDisposable
{
    /// <summary>All six classes are served.</summary>
    public static AcceptorOptions Serving { get; } =
        new() { Services = QueryRetrieveClass.All.Select(one => one.Uid).ToHashSet() };

    private readonly DuplexPair _pair = new();

    private QueryRig()
    {
    }

    public RecordingHandler Handler { get; } = new();

    public AssociationRequestor Requestor { get; private set; } = null!;

    public Task<AssociationSummary> Accepting { get; private set; } = null!;

    public static DicomDataSet Keys { get; } = new DicomDataSet()
        .Add(DicomTags.QueryRetrieveLevel, "STUDY").Add(DicomTags.StudyInstanceUID, "2.25.1");

    public static async Task<QueryRig> OpenAsync(
        IReadOnlyList<PresentationContext> contexts, CancellationToken token,
        AcceptorOptions? options = null, IReadOnlyList<RoleSelection>? roles = null, QueryOptions? extended = null)
    {
        QueryRig rig = new();
        rig.Accepting = AssociationAcceptor.RunAsync(
            rig._pair.Acceptor, options ?? Serving, rig.Handler, TimeProvider.System, CancellationToken.None);
        rig.Requestor = await AssociationRequestor.OpenAsync(
            rig._pair.Requestor,
            new RequestorOptions
            {
                CallingAeTitle = "CALLER",
                CalledAeTitle = "RECORDHUB",
                Roles = roles ?? [],
                QueryOptions = extended,
            },
            contexts, TimeProvider.System, token);
        return rig;
    }

    /// <summary>For C-GET: the study root, and these storage contexts with us as their SCP.</summary>
    public static Task<QueryRig> OpenGetAsync(CancellationToken token, params (Uid SopClass, Uid Syntax)[] stored) =>
        OpenAsync(
            [
                new PresentationContext(1, QueryRetrieveClass.Of(QueryService.Get, QueryModel.StudyRoot), [ExplicitLittle]),
                .. stored.Select((pair, i) => new PresentationContext((byte)((2 * i) + 3), pair.SopClass, [pair.Syntax])),
            ],
            token,
            roles: [.. stored.Select(pair => new RoleSelection(pair.SopClass, Scu: true, Scp: true)).Distinct()]);

    public static OutgoingQuery Query { get; } = new() { Model = QueryModel.StudyRoot, Identifier = Keys };

    public static RetrievedInstance Instance(int number, byte[] dataSet, Uid? sopClass = null, Uid? syntax = null) => new(
        sopClass ?? CtImageStorage, Uid.Parse($"2.25.{number}"), syntax ?? ExplicitLittle,
        _ => ValueTask.FromResult<Stream>(new MemoryStream(dataSet)));

    /// <summary>Releases, and gives what the acceptor says of it all.</summary>
    public async Task<AssociationSummary> ReleaseAsync(CancellationToken token)
    {
        await Requestor.ReleaseAsync(token);
        await _pair.CloseRequestorAsync();
        return await Accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await Requestor.DisposeAsync();
        await _pair.CloseRequestorAsync();
        await ((Task)Accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
