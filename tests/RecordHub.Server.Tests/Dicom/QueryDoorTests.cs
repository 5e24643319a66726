using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>C-FIND and C-GET at the door: who sees what, and in which bytes.</summary>
[CancelAfter(120_000)]
internal sealed class QueryDoorTests
{
    private QueryHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await QueryHub.StartAsync(1, CancellationToken.None);

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("NORTH", "RECORDHUB", new[] { QueryHub.Ct, QueryHub.Mr })]
    [TestCase("SOUTH", "RECORDHUB", new[] { QueryHub.Ct, QueryHub.Other })]
    [TestCase("BOARD", "RECORDHUB", new[] { QueryHub.Ct, QueryHub.Mr, QueryHub.Other })]
    [TestCase("BOARD", "RHCASE1", new[] { QueryHub.Ct, QueryHub.Mr, QueryHub.Other })]
    [TestCase("BOARD", "RHCASE7", new string[0])]
    [TestCase("NORTH", "RHCASE7", new string[0])]
    public async Task A_site_finds_what_it_sent_or_all_that_it_may_see_and_never_what_is_held(
        string calling, string called, string[] studies)
    {
        List<DicomDataSet> found = await FindAsync(Keys("STUDY", (DicomTags.StudyInstanceUID, "")), calling, called);

        Assert.That(found.Select(one => one.GetString(DicomTags.StudyInstanceUID)), Is.EqualTo(studies));
    }

    [Test]
    public async Task A_study_is_answered_with_all_that_was_asked_for()
    {
        DicomDataSet study = (await FindAsync(Keys("STUDY",
            (DicomTags.StudyInstanceUID, QueryHub.Ct), (DicomTags.PatientName, "muster*"), (DicomTags.StudyDate, "20260401-20260430"),
            (DicomTags.ModalitiesInStudy, "CT"), (DicomTags.NumberOfStudyRelatedSeries, ""),
            (DicomTags.NumberOfStudyRelatedInstances, ""), (DicomTags.StudyDescription, ""), (DicomTags.StationName, "")))).Single();

        Assert.That(study.GetString(DicomTags.QueryRetrieveLevel), Is.EqualTo("STUDY"));
        Assert.That(study.GetString(DicomTags.RetrieveAETitle), Is.EqualTo("RECORDHUB"));
        Assert.That(study.GetString(DicomTags.InstanceAvailability), Is.EqualTo("ONLINE"));
        Assert.That(study.GetString(DicomTags.PatientName), Is.EqualTo("Muster^Erika"));
        Assert.That(study.GetString(DicomTags.StudyDescription), Is.EqualTo("Schädel nativ"));
        Assert.That(study.GetString(DicomTags.SpecificCharacterSet), Is.EqualTo("ISO_IR 192"));
        Assert.That(study.GetString(DicomTags.ModalitiesInStudy), Is.EqualTo("CT"));
        Assert.That(study.GetInt32(DicomTags.NumberOfStudyRelatedInstances), Is.EqualTo(3), "its own alone");
        Assert.That(study.GetString(DicomTags.PatientID), Is.EqualTo("MRN1"));
        Assert.That(study.Contains(DicomTags.StationName), Is.True, "asked for and not had: empty");
    }

    [TestCase("", false)]
    [TestCase("XYZ", true)]
    public async Task A_key_in_a_sequence_that_is_not_matched_by_is_told(string code, bool told)
    {
        DicomDataSet keys = Keys("STUDY").Add(DicomTags.ProcedureCodeSequence, new DicomDataSet().Add(DicomTags.CodeValue, code));
        List<bool> unsupported = [];
        await AskAsync(
            keys,
            match =>
            {
                unsupported.Add(match.HasUnsupportedKeys);
                return true;
            },
            "NORTH", "RECORDHUB", QueryModel.StudyRoot);

        Assert.That(unsupported, Is.EqualTo(new[] { told, told }), "FF01, not FF00");
    }

    [TestCase("PATIENT", 1)]
    [TestCase("STUDY", 2)]
    [TestCase("SERIES", 2)]
    [TestCase("IMAGE", 5)]
    [TestCase("image ", 5)]
    public async Task Every_level_is_answered(string level, int count)
    {
        Assert.That(await FindAsync(Keys(level)), Has.Count.EqualTo(count));
    }

    [TestCase("STUDY", DimseStatus.Success, QueryModel.StudyRoot)]
    [TestCase("", DimseStatus.DataSetDoesNotMatchSopClass, QueryModel.StudyRoot)]
    [TestCase("FRAME", DimseStatus.DataSetDoesNotMatchSopClass, QueryModel.PatientRoot)]
    [TestCase("PATIENT", DimseStatus.DataSetDoesNotMatchSopClass, QueryModel.StudyRoot)]
    [TestCase("PATIENT", DimseStatus.Success, QueryModel.PatientRoot)]
    public async Task A_level_that_does_not_fit_is_A900(string level, ushort status, QueryModel model)
    {
        QueryResult result = await AskAsync(Keys(level), _ => true, "NORTH", "RECORDHUB", model);

        Assert.That(result.Status, Is.EqualTo(status));
        Assert.That(result.Comment, status == DimseStatus.Success ? Is.Null : Is.Not.Empty);
    }

    [Test]
    public async Task A_site_without_the_verb_is_offered_nothing()
    {
        (TcpPipe pipe, AssociationRequestor association) = await _hub.OpenAsync(
            "SENDER", "RECORDHUB", ContextPlan.Queries(QueryService.Find, QueryService.Move, QueryService.Get), Token);
        using (pipe)
        {
            await using (association)
            {
                Assert.That(association.Contexts, Is.Empty);
            }
        }
    }

    [Test]
    public async Task Get_brings_the_stored_bytes_and_converts_between_native_encodings_only()
    {
        Dictionary<string, byte[]> got = [];
        (string, string)[] accepted = [(QueryHub.MrClass, QueryHub.Explicit)];
        QueryResult result = await GetAsync(Keys("STUDY", (DicomTags.StudyInstanceUID, QueryHub.Mr)), got, accepted);
        Assert.That(result.Status, Is.EqualTo(DimseStatus.SubOperationsFailed));
        Assert.That(result.Counts, Is.EqualTo(new SubOperationCounts(0, 1, 1, 0)));
        Assert.That(result.Comment, Does.Contain("JPEG 2000"));
        Assert.That(result.FailedInstances.Single().ToString(), Is.EqualTo("2.25.2002"));
        Assert.That(got["2.25.2001"], Is.Not.EqualTo(_hub.Sent["2.25.2001"]), "it is stored implicit");

        got.Clear();
        result = await GetAsync(Keys("STUDY", (DicomTags.StudyInstanceUID, QueryHub.Mr)), got,
            [(QueryHub.MrClass, QueryHub.Implicit), (QueryHub.MrClass, QueryHub.Jpeg2000)]);
        Assert.That(result.Counts, Is.EqualTo(new SubOperationCounts(0, 2, 0, 0)));
        Assert.That(got["2.25.2001"], Is.EqualTo(_hub.Sent["2.25.2001"]));
        Assert.That(got["2.25.2002"], Is.EqualTo(_hub.Sent["2.25.2002"]));
    }

    [TestCase("PATIENT", 0x0010_0020u, "MRN1", 5)]
    [TestCase("SERIES", 0x0020_000Eu, "2.25.1000.1", 3)]
    [TestCase("IMAGE", 0x0008_0018u, "2.25.1001\\2.25.1003\\2.25.1004\\2.25.9001", 2)]
    [TestCase("STUDY", 0x0020_000Du, QueryHub.Held, 0)]
    [TestCase("STUDY", 0x0020_000Du, QueryHub.Other, 0)]
    public async Task Get_sends_of_each_level_what_the_site_may_see(string level, uint tag, string value, int count)
    {
        Dictionary<string, byte[]> got = [];
        QueryResult result = await GetAsync(Keys(level, (new DicomTag(tag), value)), got,
            [(QueryHub.CtClass, QueryHub.Explicit), (QueryHub.MrClass, QueryHub.Implicit), (QueryHub.MrClass, QueryHub.Jpeg2000)],
            QueryModel.PatientRoot);

        Assert.That((result.Status, got.Count), Is.EqualTo((DimseStatus.Success, count)));
    }

    [Test]
    public async Task Who_gets_images_of_a_published_case_is_among_its_readers()
    {
        (HttpStatusCode published, JsonNode version) = await _hub.Hub.SendAsync(
            HttpMethod.Post, $"api/packages/{_hub.Case}/publish", """{"force":true,"reason":"urgent"}""", "application/json");
        await GetAsync(
            Keys("STUDY", (DicomTags.StudyInstanceUID, QueryHub.Ct)), [], [(QueryHub.CtClass, QueryHub.Explicit)]);
        (_, JsonNode readers) = await _hub.Hub.GetAsync($"api/packages/{_hub.Case}/readers");

        Assert.That(published, Is.EqualTo(HttpStatusCode.OK), version.ToJsonString());
        Assert.That(
            readers.AsArray().Select(one => $"{one!["name"]} {one["role"]} {one["kind"]} {one["version"]}"),
            Does.Contain("North site images 1"));
    }

    [TestCase("STUDY", 0x0020_000Du, "")]
    [TestCase("STUDY", 0x0020_000Du, "2.25.*")]
    [TestCase("PATIENT", 0x0010_0020u, "MRN*")]
    public async Task Get_without_a_unique_key_is_A900(string level, uint tag, string value)
    {
        QueryResult result = await GetAsync(
            Keys(level, (new DicomTag(tag), value)), [], [(QueryHub.CtClass, QueryHub.Explicit)], QueryModel.PatientRoot);

        Assert.That(result.Status, Is.EqualTo(DimseStatus.DataSetDoesNotMatchSopClass));
        Assert.That(result.Comment, Is.Not.Empty);
    }

    [TestCase("NOBODY", DimseStatus.MoveDestinationUnknown, "No site")]
    [TestCase("SOUTH", DimseStatus.MoveDestinationUnknown, "no Host")]
    [TestCase("NORTH", DimseStatus.CannotPerformSubOperations, "does not answer")]
    public async Task Move_to_where_nobody_can_be_reached_is_told_why(string destination, ushort status, string why)
    {
        (TcpPipe pipe, AssociationRequestor association) = await _hub.OpenAsync(
            "NORTH", "RECORDHUB", ContextPlan.Queries(QueryService.Move), Token);
        using (pipe)
        {
            await using (association)
            {
                QueryResult result = await association.MoveAsync(
                    new OutgoingQuery { Model = QueryModel.StudyRoot, Identifier = Keys("STUDY", (DicomTags.StudyInstanceUID, QueryHub.Ct)) },
                    destination, null, Token);
                Assert.That(result.Status, Is.EqualTo(status), result.Comment);
                Assert.That(result.Comment, Does.Contain(why));
                await association.ReleaseAsync(Token);
            }
        }
    }

    [Test]
    public async Task An_index_that_is_down_is_C000_and_the_association_lives()
    {
        await using DicomDoorHost host = await DicomDoorHost.StartAsync(options => options with
        {
            Sites = [new() { Name = "North", AeTitle = "NORTH", Verbs = SiteVerbs.Find | SiteVerbs.Echo }],
        });
        using TcpPipe pipe = await TcpPipe.ConnectAsync(host.Port, Token);
        await using AssociationRequestor association = await AssociationRequestor.OpenAsync(
            pipe, new RequestorOptions { CallingAeTitle = "NORTH", CalledAeTitle = "RECORDHUB" },
            ContextPlan.Queries(QueryService.Find), TimeProvider.System, Token);
        OutgoingQuery query = new() { Model = QueryModel.StudyRoot, Identifier = Keys("STUDY") };

        Assert.That((await association.FindAsync(query, _ => true, Token)).Status, Is.EqualTo(DimseStatus.CannotUnderstand));
        Assert.That((await association.FindAsync(query, _ => true, Token)).Comment, Does.Contain("logged"));
        await association.ReleaseAsync(Token);
    }

    private static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    private static DicomDataSet Keys(string level, params (DicomTag Tag, string Value)[] keys)
    {
        DicomDataSet identifier = new DicomDataSet().Add(DicomTags.QueryRetrieveLevel, level);
        foreach ((DicomTag tag, string value) in keys)
        {
            identifier.Add(tag, value);
        }

        return identifier;
    }

    private async Task<List<DicomDataSet>> FindAsync(DicomDataSet keys, string calling = "NORTH", string called = "RECORDHUB")
    {
        List<DicomDataSet> found = [];
        QueryResult result = await AskAsync(
            keys,
            match =>
            {
                found.Add(match.Identifier);
                return true;
            },
            calling, called, QueryModel.PatientRoot);
        Assert.That(result.Status, Is.EqualTo(DimseStatus.Success), result.Comment);
        return found;
    }

    private async Task<QueryResult> AskAsync(
        DicomDataSet keys, Func<FindMatch, bool> matched, string calling, string called, QueryModel model)
    {
        (TcpPipe pipe, AssociationRequestor association) = await _hub.OpenAsync(
            calling, called, ContextPlan.Queries(QueryService.Find), Token);
        using (pipe)
        {
            await using (association)
            {
                QueryResult result = await association.FindAsync(
                    new OutgoingQuery { Model = model, Identifier = keys }, matched, Token);
                await association.ReleaseAsync(Token);
                return result;
            }
        }
    }

    private async Task<QueryResult> GetAsync(
        DicomDataSet keys, Dictionary<string, byte[]> got, (string SopClass, string Syntax)[] accepted,
        QueryModel model = QueryModel.StudyRoot)
    {
        PresentationContext[] contexts =
        [
            new(1, QueryRetrieveClass.Of(QueryService.Get, model), [Uid.Parse(QueryHub.Explicit)]),
            .. accepted.Select((pair, i) =>
                new PresentationContext((byte)((2 * i) + 3), Uid.Parse(pair.SopClass), [Uid.Parse(pair.Syntax)])),
        ];
        RoleSelection[] roles =
            [.. accepted.Select(pair => new RoleSelection(Uid.Parse(pair.SopClass), Scu: false, Scp: true)).Distinct()];
        (TcpPipe pipe, AssociationRequestor association) = await _hub.OpenAsync("NORTH", "RECORDHUB", contexts, Token, roles);
        using (pipe)
        {
            await using (association)
            {
                QueryResult result = await association.GetAsync(
                    new OutgoingQuery { Model = model, Identifier = keys },
                    async (request, dataSet, token) =>
                    {
                        using MemoryStream bytes = new();
                        await dataSet.CopyToAsync(bytes, token);
                        got[request.SopInstanceUid.ToString()] = bytes.ToArray();
                        return StoreResponse.Success;
                    },
                    null, Token);
                await association.ReleaseAsync(Token);
                return result;
            }
        }
    }
}
