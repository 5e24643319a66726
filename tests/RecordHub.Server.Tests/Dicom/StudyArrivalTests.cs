using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Server.Dicom;
using RecordHub.Server.Pipeline;
using RecordHub.Server.Tests.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>What only this moment knows of a study: who is still sending, and what was to be committed.</summary>
internal sealed class StudyArrivalTests
{
    private static readonly Uid s_first = Uid.Parse("2.25.88.1.1");
    private static readonly Uid s_second = Uid.Parse("2.25.88.1.2");

    [Test, CancelAfter(120_000)]
    public async Task An_open_association_and_a_commitment_order_are_told_of_and_the_package_knows_neither(
        CancellationToken token)
    {
        await using TestHub hub = await TestHub.StartAsync();
        CaseNumber number = await hub.OpenCaseAsync("M1");
        await using (TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token, called: AeTitles.Of(number)))
        {
            await sender.StoreAsync(s_first, TestSender.Bytes(Image(s_first)), token);
            await sender.CommitAsync(Uid.Parse("2.25.9"), token, s_first, s_second);
            await hub.Services.GetRequiredService<PipelineWaiter>().WaitUntilIdleAsync(TimeSpan.FromMinutes(1), token);

            JsonNode open = await StudyAsync(hub, number);
            Assert.That(open["state"]!.GetValue<string>(), Is.EqualTo("arriving"));
            Assert.That(open["reasons"]!.ToJsonString(), Does.Contain("Open association: 1")
                .And.Contain("of 2 instances that a sender asked to have committed, 1 never came").And.Contain("Quiet time"));
        }

        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while ((await StudyAsync(hub, number))["reasons"]!.ToJsonString().Contains("Open association", StringComparison.Ordinal))
        {
            await timer.WaitForNextTickAsync(token);
        }

        (_, JsonNode missing) = await hub.GetAsync($"api/cases/{number}/missing");
        Assert.That(missing["findings"]!.ToJsonString(), Does.Not.Contain("committed").And.Not.Contain("Quiet time"));
    }

    private static async Task<JsonNode> StudyAsync(TestHub hub, CaseNumber number)
    {
        (_, JsonNode missing) = await hub.GetAsync($"api/cases/{number}/missing");
        return missing["studies"]!.AsArray().Single()!;
    }

    private static DicomDataSet Image(Uid instance) => new DicomDataSet()
        .Add(DicomTags.SOPClassUID, TestSender.CtImage)
        .Add(DicomTags.SOPInstanceUID, instance)
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.PatientName, "Muster^Erika")
        .Add(DicomTags.PatientID, "M1")
        .Add(DicomTags.PatientBirthDate, "19640812")
        .Add(DicomTags.StudyInstanceUID, Uid.Parse("2.25.88"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse("2.25.88.1"));
}
