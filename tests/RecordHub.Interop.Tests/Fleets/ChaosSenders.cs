using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>Senders that go on until each record was answered: with success, or with a refusal that nothing changes.</summary>
internal sealed class ChaosSenders(Fleet fleet, ChaosPlan plan, (string Number, string AeTitle) @case)
{
    private const int DicomSenders = 6;
    private const int DocumentSenders = 6;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private int _nextInstance;
    private int _nextDocument;
    private int _answers;

    /// <summary>The data sets that were acknowledged, by SOP Instance UID.</summary>
    public ConcurrentDictionary<string, byte[]> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>The item of each document that was acknowledged.</summary>
    public ConcurrentDictionary<int, string> Documents { get; } = new();

    /// <summary>Refused for good, with the reason.</summary>
    public ConcurrentDictionary<string, string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a sender was told to come again, by what it was told.</summary>
    public ConcurrentDictionary<string, int> Again { get; } = new(StringComparer.Ordinal);

    /// <summary>How many records were answered with success so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public Task RunAsync(CancellationToken token) => Task.WhenAll(
    [
        .. Enumerable.Range(0, DicomSenders).Select(sender => SendInstancesAsync(sender, token)),
        .. Enumerable.Range(0, DocumentSenders).Select(sender => SendDocumentsAsync(sender, token)),
    ]);

    private async Task SendInstancesAsync(int door, CancellationToken token)
    {
        TestSender? sender = null;
        for (int i; (i = Interlocked.Increment(ref _nextInstance)) <= plan.Instances;)
        {
            await PaceAsync(i, plan.Instances, token);
            (Uid uid, byte[] bytes) = Instance(i);
            while (true)
            {
                string said;
                try
                {
                    sender ??= await TestSender.OpenAsync(
                        fleet.DicomPorts[door++ % fleet.DicomPorts.Count], token, called: i % 10 == 0 ? "RECORDHUB" : @case.AeTitle);
                    StoreResponse response = await sender.StoreAsync(uid, bytes, token);
                    if (response.Status == DimseStatus.Success)
                    {
                        Acknowledged[uid.ToString()] = bytes;
                        Interlocked.Increment(ref _answers);
                        break;
                    }

                    said = $"{response.Status:X4}";
                    if ((response.Status & 0xFF00) == 0xA900)
                    {
                        Refused[uid.ToString()] = response.Comment ?? string.Empty;
                        break;
                    }
                }
                catch (Exception cut) when (cut is IOException or System.Net.Sockets.SocketException
                    or AssociationException or TimeoutException)
                {
                    said = cut.GetType().Name;
                    await CloseAsync(sender);
                    sender = null;
                }

                Again.AddOrUpdate(said, 1, (_, count) => count + 1);
                await Timetable.PassAsync(s_pause, token);
            }

            // Associations are short, as a modality's are, and of one called title each.
            if (i % 10 is 9 or 0)
            {
                await CloseAsync(sender);
                sender = null;
            }
        }

        await CloseAsync(sender);
    }

    private async Task SendDocumentsAsync(int door, CancellationToken token)
    {
        for (int i; (i = Interlocked.Increment(ref _nextDocument)) <= plan.Documents;)
        {
            await PaceAsync(i, plan.Documents, token);
            while (true)
            {
                string said;
                try
                {
                    using ByteArrayContent body = new(Document(i));
                    string path = $"api/import?name=letter-{i}.txt{(i % 5 == 0 ? string.Empty : "&case=" + @case.Number)}";
                    using HttpResponseMessage answer = await fleet.Clients[door++ % fleet.Clients.Count].PostAsync(path, body, token);
                    string text = await answer.Content.ReadAsStringAsync(token);
                    if (answer.StatusCode == HttpStatusCode.OK)
                    {
                        using JsonDocument outcome = JsonDocument.Parse(text);
                        Documents[i] = outcome.RootElement[0].GetProperty("item").GetString()!;
                        Interlocked.Increment(ref _answers);
                        break;
                    }

                    said = $"HTTP {(int)answer.StatusCode}";
                }
                catch (Exception cut) when (cut is HttpRequestException or IOException
                    || (cut is TaskCanceledException && !token.IsCancellationRequested))
                {
                    said = cut.GetType().Name;
                }

                Again.AddOrUpdate(said, 1, (_, count) => count + 1);
                await Timetable.PassAsync(s_pause, token);
            }
        }
    }

    // Nine of ten are the case's patient's; one has a data set of another class than its command says, and is refused.
    private (Uid Uid, byte[] Bytes) Instance(int i)
    {
        string study = $"2.25.{plan.Seed}{(i / 50):D3}";
        Uid uid = LossHub.InstanceOf(study, i);
        DicomDataSet image = LossHub.Image(study, i, pixels: 2_000 + (i % 7 * 4_000));
        if (i % 10 == 0)
        {
            image.Add(DicomTags.PatientName, "Nobody^Knows").Add(DicomTags.PatientID, $"N{i}").Add(DicomTags.PatientBirthDate, "19010101");
        }
        else if (i % 97 == 0)
        {
            image.Add(DicomTags.SOPClassUID, TestSender.MrImage);
        }

        return (uid, TestSender.Bytes(image));
    }

    private byte[] Document(int i) => Encoding.UTF8.GetBytes(
        i % 5 == 0
            ? $"Discharge letter {plan.Seed}-{i}\nPatient: Unknown Person\nDate of birth: 03.04.1970\nThe patient was seen.\n"
            : $"Discharge letter {plan.Seed}-{i}\nPatient: Erika Muster\nDate of birth: 12.08.1964\nThe patient was seen.\n");

    /// <summary>Spreads what is sent over the time in which things happen.</summary>
    private async Task PaceAsync(int i, int count, CancellationToken token)
    {
        TimeSpan due = plan.Span * ((double)i / count);
        await Timetable.PassAsync(due - TimeProvider.System.GetElapsedTime(_began), token);
    }

    private static async Task CloseAsync(TestSender? sender)
    {
        if (sender is not null)
        {
            await sender.DisposeAsync();
        }
    }
}
