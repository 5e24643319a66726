using System.IO.Compression;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Tests.Stores;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;
using RecordHub.Samples;

namespace RecordHub.Core.Tests.Packages;

/// <summary>The images of an exported package as what opens them sees them.</summary>
public sealed class ExportedMediaTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(1);
    private static readonly SampleFile[] s_images = [.. s_sample.Files
        .Where(file => file.MediaType == "application/dicom" && file.Expected == SampleOutcome.Filed).Take(4)];

    // What a preamble can begin with to be run or opened as something else: PE, ELF, TIFF, a script.
    private static readonly byte[][] s_disguises =
        ["MZ\x90\0\x03"u8.ToArray(), "\x7FELF\x02\x01"u8.ToArray(), "II*\0\x08\0"u8.ToArray(), "#!/bin/sh\n"u8.ToArray()];

    [Test]
    public async Task The_directory_names_every_image_by_the_identifiers_it_has()
    {
        using ZipArchive zip = await ExportAsync(reconciled: false);
        DicomHeader directory = DicomFile.ReadHeader(Bytes(zip.GetEntry("DICOMDIR")!));
        IReadOnlyList<DirectoryReference> references = DicomDirectory.References(directory.DataSet);

        Assert.That(DicomDirectory.IsDirectory(directory), Is.True);
        Assert.That(
            references.Select(one => one.Path),
            Is.EquivalentTo(zip.Entries.Select(one => one.FullName).Where(name => name.StartsWith("DICOM/", StringComparison.Ordinal))));
        foreach (DirectoryReference reference in references)
        {
            DicomHeader file = DicomFile.ReadHeader(Bytes(zip.GetEntry(reference.Path)!));
            Assert.That(file.DataSet.GetUid(DicomTags.SOPInstanceUID), Is.EqualTo(reference.SopInstanceUid));
            Assert.That(file.TransferSyntax.Uid, Is.EqualTo(reference.TransferSyntaxUid));
        }
    }

    [Test]
    public async Task No_preamble_leaves_the_house_and_everything_after_it_is_as_it_came()
    {
        using ZipArchive zip = await ExportAsync(reconciled: false);
        byte[][] exported = [.. zip.Entries.Where(one => one.FullName.StartsWith("DICOM/", StringComparison.Ordinal)).Select(Bytes)];

        Assert.That(exported.Select(file => file[..128]), Is.All.All.Zero);
        Assert.That(
            exported.Select(file => Convert.ToHexString(file.AsSpan(128))),
            Is.EquivalentTo(s_images.Select(file => Convert.ToHexString(file.Content.Span[128..]))));
    }

    [Test]
    public async Task Reconciled_images_name_the_cases_patient_and_remember_what_they_came_with()
    {
        using ZipArchive zip = await ExportAsync(reconciled: true);
        byte[] file = Bytes(zip.Entries.First(one => one.FullName.StartsWith("DICOM/", StringComparison.Ordinal)));
        DicomDataSet image = DicomFile.ReadHeader(file, null, DicomReadOptions.WholeFile).DataSet;
        DicomDataSet note = image.GetSequence(DicomTags.OriginalAttributesSequence)[^1];

        Assert.That(image.GetString(DicomTags.PatientName), Is.EqualTo("Čapek-Ødegård^Zoë"));
        Assert.That(image.GetString(DicomTags.SpecificCharacterSet), Is.EqualTo("ISO_IR 192"));
        Assert.That(note.GetString(DicomTags.ModifyingSystem), Is.EqualTo("RECORDHUB"));
        Assert.That(note.GetString(DicomTags.ReasonForTheAttributeModification), Is.EqualTo("COERCE"));
        DicomDataSet former = note.GetSequence(DicomTags.ModifiedAttributesSequence)[0];
        Assert.That(former.GetString(DicomTags.PatientName), Does.StartWith(s_sample.Patient.Family));
        Assert.That(former.Contains(DicomTags.PatientBirthDate), Is.False, "it was the same");
    }

    [Test]
    public void What_has_changed_in_the_store_is_not_exported_as_whole_and_unchanged()
    {
        BlobDamagedException damaged = Assert.ThrowsAsync<BlobDamagedException>(
            () => ExportAsync(reconciled: false, static (office, blob) => office.Blobs.Damage(blob)))!;
        Assert.That(damaged.Message, Does.Contain(damaged.Hash.ToString()));
        Assert.ThrowsAsync<BlobDamagedException>(
            () => ExportAsync(reconciled: true, static (office, blob) => office.Blobs.Halve(blob)));
    }

    private static async Task<ZipArchive> ExportAsync(bool reconciled, Action<Office, ContentHash>? harm = null)
    {
        Office office = new();
        ContentHash last = default;
        NewCase asked = Office.Asked(s_sample.Patient);
        CaseFile file = await office.OpenAsync(reconciled ? asked with { Family = "Čapek-Ødegård", Given = "Zoë" } : asked);
        for (int i = 0; i < s_images.Length; i++)
        {
            byte[] content = s_images[i].Content.ToArray();
            s_disguises[i].CopyTo(content, 0);
            foreach (Core.Inbox.HeldRecord held in await office.SendAsync(Office.KindOf(s_images[i]), content, file.Number))
            {
                last = held.Item.Blob;
                if (reconciled)
                {
                    await office.Inbox.AssignAsync(held.Id, file.Number, "ann", AccessScope.All, CancellationToken.None);
                }
            }
        }

        await office.Publishing.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, CancellationToken.None);
        harm?.Invoke(office, last);
        MemoryStream zip = new();
        await office.Publishing.ExportAsync(file.Number, null, reconciled, zip, AccessScope.All, CancellationToken.None);
        zip.Position = 0;
        Assert.That(PublishingDesk.Verify(zip).Problems, Is.Empty);
        return new ZipArchive(zip, ZipArchiveMode.Read);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
