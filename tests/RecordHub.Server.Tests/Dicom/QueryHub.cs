using Microsoft.Extensions.DependencyInjection;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>
/// A service whose sites have sent: North a CT study of three and an MR study of two encodings, South one instance of the
/// CT study and a study of its own, and North a stranger's study, which is held. All is one patient's but the last.
/// </summary>
internal sealed class QueryHub : IAsyncDisposable
{
    public const string Ct = "2.25.1000";
    public const string Mr = "2.25.2000";
    public const string Other = "2.25.3000";
    public const string Held = "2.25.9000";
    public const string CtClass = "1.2.840.10008.5.1.4.1.1.2";
    public const string MrClass = "1.2.840.10008.5.1.4.1.1.4";
    public const string Explicit = "1.2.840.10008.1.2.1";
    public const string Implicit = "1.2.840.10008.1.2";
    public const string Jpeg2000 = "1.2.840.10008.1.2.4.90";
    private const SiteVerbs AllVerbs = SiteVerbs.Sender | SiteVerbs.Find | SiteVerbs.Move | SiteVerbs.Get;

    private QueryHub(TestHub hub) => Hub = hub;

    public TestHub Hub { get; }

    public int Port => Hub.DicomPort;

    public CaseNumber Case { get; private set; }

    /// <summary>The data sets by SOP Instance UID, as they were sent.</summary>
    public Dictionary<string, byte[]> Sent { get; } = [];

    /// <param name="destination">Where site North is called.</param>
    public static async Task<QueryHub> StartAsync(int destination, CancellationToken token)
    {
        QueryHub hub = new(await TestHub.StartAsync(options => options with
        {
            AcceptUnknownCallers = true,
            Sites =
            [
                Site("North", AllVerbs) with { Host = "127.0.0.1", Port = destination },
                Site("South", AllVerbs),
                Site("Board", AllVerbs) with { Sees = SiteSight.All },
                Site("Sender", SiteVerbs.Sender),
            ],
        }));
        hub.Case = await hub.Hub.OpenCaseAsync("MRN1");
        await hub.SendAsync("NORTH", token,
            (Ct, CtClass, 1001, Explicit), (Ct, CtClass, 1002, Explicit), (Ct, CtClass, 1003, Explicit),
            (Mr, MrClass, 2001, Implicit), (Mr, MrClass, 2002, Jpeg2000), (Held, CtClass, 9001, Explicit));
        await hub.SendAsync("SOUTH", token, (Ct, CtClass, 1004, Explicit), (Other, CtClass, 3001, Explicit));
        await hub.WaitUntilIdleAsync(token);
        return hub;
    }

    /// <summary>Until everything that was sent is filed or held.</summary>
    public Task WaitUntilIdleAsync(CancellationToken token) =>
        Hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromSeconds(60), token);

    public async Task<(TcpPipe Pipe, AssociationRequestor Association)> OpenAsync(
        string calling, string called, IReadOnlyList<PresentationContext> contexts, CancellationToken token,
        IReadOnlyList<RoleSelection>? roles = null)
    {
        TcpPipe pipe = await TcpPipe.ConnectAsync(Port, token);
        RequestorOptions options = new() { CallingAeTitle = calling, CalledAeTitle = called, Roles = roles ?? [] };
        return (pipe, await AssociationRequestor.OpenAsync(pipe, options, contexts, TimeProvider.System, token));
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static SiteOptions Site(string name, SiteVerbs verbs) => new()
    {
        Name = name,
        AeTitle = name.ToUpperInvariant(),
        DefaultIssuer = "urn:north",
        Verbs = verbs,
    };

    /// <summary>Sends instances as a site.</summary>
    public async Task SendAsync(
        string site, CancellationToken token, params (string Study, string SopClass, int Number, string Syntax)[] instances)
    {
        IReadOnlyList<PresentationContext> contexts = ContextPlan.For(
            instances.Select(one => (Uid.Parse(one.SopClass), Uid.Parse(one.Syntax))))[0].Contexts;
        (TcpPipe pipe, AssociationRequestor association) = await OpenAsync(site, "RECORDHUB", contexts, token);
        using (pipe)
        {
            await using (association)
            {
                foreach ((string study, string sopClass, int number, string syntax) in instances)
                {
                    byte[] dataSet = DataSet(study, sopClass, number, syntax);
                    Sent[$"2.25.{number}"] = dataSet;
                    StoreResponse response = await association.StoreAsync(
                        association.FindContext(Uid.Parse(sopClass), Uid.Parse(syntax))!, Uid.Parse($"2.25.{number}"),
                        new MemoryStream(dataSet), token);
                    if (response.Status != DimseStatus.Success)
                    {
                        throw new InvalidOperationException($"{response.Status:X4} {response.Comment}");
                    }
                }

                await association.ReleaseAsync(token);
            }
        }
    }

    /// <summary>The data set of an instance as it is sent.</summary>
    public static byte[] DataSet(string study, string sopClass, int number, string syntax)
    {
        byte[] pixels = [.. Enumerable.Range(0, 2048).Select(i => (byte)((i + number) % 256))];
        TransferSyntax transferSyntax = TransferSyntax.Of(Uid.Parse(syntax));
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, sopClass)
            .Add(DicomTags.SOPInstanceUID, $"2.25.{number}")
            .Add(DicomTags.StudyInstanceUID, study)
            .Add(DicomTags.SeriesInstanceUID, $"{study}.1")
            .Add(DicomTags.StudyDate, "20260420")
            .Add(DicomTags.StudyTime, "101500")
            .Add(DicomTags.StudyDescription, "Schädel nativ")
            .Add(DicomTags.AccessionNumber, "A" + study[^4..])
            .Add(DicomTags.Modality, sopClass == CtClass ? "CT" : "MR")
            .Add(DicomTags.InstanceNumber, number % 1000)
            .Add(DicomTags.PatientID, study == Held ? "MRN9" : "MRN1")
            .Add(DicomTags.PatientName, study == Held ? "Fremd^Franz" : "Muster^Erika")
            .Add(DicomTags.PatientBirthDate, study == Held ? "19300101" : "19640812")
            .Add(DicomTags.PatientSex, study == Held ? "M" : "F")
            .Add(DicomTags.Rows, 32)
            .Add(DicomTags.Columns, 32)
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.BitsAllocated, 16)
            .Add(DicomTags.BitsStored, 16)
            .Add(DicomTags.HighBit, 15)
            .Add(DicomTags.PixelRepresentation, 0);
        dataSet = transferSyntax.IsEncapsulated
            ? dataSet.AddFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, pixels)
            : dataSet.Add(DicomTags.PixelData, DicomVr.OW, pixels);
        byte[] file = DicomFileWriter.ToBytes(dataSet, transferSyntax);
        return file[(int)DicomFile.ReadHeader(file).DataSetOffset..];
    }
}
