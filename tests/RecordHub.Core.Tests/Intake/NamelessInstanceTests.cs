using System.Buffers;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Tests.Stores;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Core.Tests.Intake;

/// <summary>An image that names nobody is the case's that it was sent for, unless its study is somebody else's.</summary>
public sealed class NamelessInstanceTests
{
    private Office _office = new();
    private CaseNumber _case;

    [SetUp]
    public async Task OpenAsync()
    {
        _office = new Office();
        _case = (await _office.OpenAsync(Office.Asked())).Number;
    }

    [Test]
    public async Task It_is_held_when_images_of_its_study_that_name_somebody_are_held()
    {
        HeldRecord named = await SendAsync(1, "Andersfall^Runa", "19550607");
        HeldRecord nameless = await SendAsync(2);

        Assert.That(named.Reason, Is.EqualTo("patient-disagrees"));
        Assert.That((nameless.State, nameless.Reason), Is.EqualTo((RecordState.Held, "names-nobody-among-others")));
    }

    [Test]
    public async Task It_is_held_when_they_come_after_it_and_it_is_looked_at_again()
    {
        HeldRecord early = await SendAsync(2);
        await SendAsync(1, "Andersfall^Runa", "19550607");

        HeldRecord again = (await _office.Filing.RunAsync(early.Id.Item, CancellationToken.None)).Single();

        Assert.That(early.State, Is.EqualTo(RecordState.Filed));
        Assert.That((again.State, again.Reason), Is.EqualTo((RecordState.Held, "names-nobody-among-others")));
    }

    [Test]
    public async Task It_is_filed_where_the_others_of_its_study_are_the_cases_or_name_nobody_either()
    {
        await SendAsync(1, "Musterfall^Synthia", "19610409");
        await SendAsync(3);

        Assert.That((await SendAsync(2)).Reason, Is.EqualTo("names-nobody"));
    }

    private async Task<HeldRecord> SendAsync(int number, string? name = null, string? born = null)
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, DicomBytes.CtImage).Add(DicomTags.SOPInstanceUID, $"{DicomBytes.Instance}.{number}")
            .Add(DicomTags.StudyInstanceUID, "1.2.3").Add(DicomTags.SeriesInstanceUID, "1.2.3.4");
        if (name is not null && born is not null)
        {
            dataSet.Add(DicomTags.PatientName, name).Add(DicomTags.PatientBirthDate, born);
        }

        ArrayBufferWriter<byte> output = new();
        DicomFileWriter.WriteDataSet(output, dataSet, TransferSyntax.ExplicitLittleEndian);
        return (await _office.SendAsync(
            ContentKind.DicomInstance, new ReadOnlyMemory<byte>([.. DicomBytes.Meta(), .. output.WrittenSpan]), _case)).Single();
    }
}
