using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;
using RecordHub.Dicom.Tests.Pixels;

namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>When pixels are blanked, when that is refused, and what is said of it.</summary>
public class PixelCleaningTests
{
    private const string Us = "1.2.840.10008.5.1.4.1.1.6.1";
    private const string Ct = "1.2.840.10008.5.1.4.1.1.2";
    private static readonly PixelCleaning s_corner = new() { Regions = [new PixelRegion(0, 0, 2, 1)] };

    [Test]
    public void What_was_blanked_is_said_in_the_instance_and_counted()
    {
        DeidentificationOutcome.Done done = Done(Image(Us).Add(DicomTags.BurnedInAnnotation, "YES")
            .Add(DicomTags.SmallestImagePixelValue, 3), s_corner);
        Assert.That(done.DataSet.GetString(DicomTags.BurnedInAnnotation), Is.EqualTo("NO"));
        Assert.That(Codes(done), Is.EqualTo(new[] { "113100", "113101" }));
        Assert.That(done.DataSet.Contains(DicomTags.SmallestImagePixelValue), Is.False, "it may not be true any more");
        Assert.That((done.Counts.RegionsBlanked, done.Counts.PixelsBlanked), Is.EqualTo((1, 4L)), "2 pixels of 2 frames");
        Assert.That(done.Warnings, Is.Empty);
    }

    [Test]
    public void An_image_in_which_nothing_was_blanked_does_not_say_that_it_is_clean()
    {
        DeidentificationOutcome.Done done = Done(Image(Ct), new PixelCleaning { OutsideDeclaredRegions = true });
        Assert.That(done.DataSet.Contains(DicomTags.BurnedInAnnotation), Is.False);
        Assert.That(Codes(done), Is.EqualTo(new[] { "113100" }));
        Assert.That(done.Pixels, Is.Null);
        Assert.That(done.Warnings, Is.EqualTo(new[] { DeidentificationWarning.PixelsNotExamined }));
    }

    [TestCase(Us, null, DeidentificationRefusal.NoRegionGiven)]
    [TestCase(Us, "NO", null)]
    [TestCase("1.2.840.10008.5.1.4.1.1.7.4", null, DeidentificationRefusal.NoRegionGiven)]
    [TestCase("1.2.840.10008.5.1.4.1.1.77.1.4", null, null)]
    [TestCase(Ct, "YES", DeidentificationRefusal.NoRegionGiven)]
    public void Where_text_is_to_be_expected_somebody_has_to_say_where(
        string sopClass, string? burnedIn, DeidentificationRefusal? expected)
    {
        DicomDataSet image = Image(sopClass);
        if (burnedIn is not null)
        {
            image.Add(DicomTags.BurnedInAnnotation, burnedIn);
        }

        PixelCleaning cleaning = new() { OutsideDeclaredRegions = true };
        Assert.That(Refusal(image, cleaning), Is.EqualTo(expected));
        Assert.That(Refusal(image, cleaning, allowBurnedIn: true), Is.Null);
    }

    [Test]
    public void The_first_rule_that_fits_counts()
    {
        PixelCleaning cleaning = new()
        {
            Rules =
            [
                new BlankingRule { Modality = "us", Manufacturer = "Other", Regions = [new PixelRegion(0, 0, 4, 4)] },
                new BlankingRule { Modality = "us", Rows = 4, Columns = 4, Model = "e 9", Regions = [new PixelRegion(1, 1, 1, 1)] },
                new BlankingRule { Regions = [new PixelRegion(0, 0, 4, 4)] },
            ],
        };
        DicomDataSet image = Image(Us).Add(DicomTags.Manufacturer, "ACME").Add(DicomTags.ManufacturerModelName, "E 9");
        Assert.That(Done(image, cleaning).Counts.PixelsBlanked, Is.EqualTo(2));
    }

    [Test]
    public void A_rule_without_a_region_vouches_for_images_that_do_not_know_better()
    {
        PixelCleaning cleaning = new() { Rules = [new BlankingRule { Modality = "US" }] };
        DeidentificationOutcome.Done done = Done(Image(Us), cleaning);
        Assert.That(Codes(done), Does.Contain("113101"));
        Assert.That(done.Pixels, Is.Null);
        Assert.That(
            Refusal(Image(Us).Add(DicomTags.BurnedInAnnotation, "YES"), cleaning), Is.EqualTo(DeidentificationRefusal.NoRegionGiven));
    }

    [Test]
    public void Regions_beside_the_image_clean_nothing() => Assert.That(
        Refusal(Image(Us), new PixelCleaning { Regions = [new PixelRegion(4, 0, 10, 10)] }),
        Is.EqualTo(DeidentificationRefusal.RegionsOutsideImage));

    [Test]
    public void Declared_regions_that_cover_the_image_clean_nothing() => Assert.That(
        Refusal(
            Image(Us).Add(new DicomTag(0x0018, 0x6011), UltrasoundSample.Region(new PixelRegion(0, 0, 4, 4))),
            new PixelCleaning { OutsideDeclaredRegions = true }),
        Is.EqualTo(DeidentificationRefusal.RegionsOutsideImage));

    [Test]
    public void Pixels_that_are_not_understood_are_refused()
    {
        Assert.That(
            Refusal(Image(Us).Add(DicomTags.NumberOfFrames, 3), s_corner), Is.EqualTo(DeidentificationRefusal.PixelsNotUnderstood),
            "fewer bytes than frames");
        Assert.That(
            Refusal(Image(Us).Add(DicomTags.NumberOfFrames, 1), s_corner), Is.EqualTo(DeidentificationRefusal.PixelsNotUnderstood),
            "more bytes than frames");
        Assert.That(
            Refusal(Image(Us).Add(DicomTags.PhotometricInterpretation, "HSV"), s_corner),
            Is.EqualTo(DeidentificationRefusal.PixelsNotUnderstood));
        DicomDataSet real = Image(Us);
        real.Remove(DicomTags.PixelData);
        Assert.That(
            Refusal(real.Add(DicomTags.FloatPixelData, DicomVr.OF, new byte[128]), s_corner),
            Is.EqualTo(DeidentificationRefusal.PixelsNotUnderstood));
    }

    [Test]
    public void More_pixels_inside_a_sequence_are_refused_and_an_icon_is_gone()
    {
        DicomDataSet thumbnail = new DicomDataSet().Add(DicomTags.PixelData, DicomVr.OB, new byte[4]);
        Assert.That(
            Refusal(Image(Us).Add(DicomTags.ReferencedImageSequence, thumbnail), s_corner),
            Is.EqualTo(DeidentificationRefusal.PixelsInSequence));
        Assert.That(
            Done(Image(Us).Add(DicomTags.IconImageSequence, thumbnail), s_corner).DataSet.Contains(DicomTags.IconImageSequence), Is.False);
    }

    [Test]
    public void Pixels_that_are_compressed_are_refused_only_where_they_are_to_be_blanked()
    {
        DicomDataSet image = Image(Ct);
        image.AddFragments(DicomTags.PixelData, Memory<byte>.Empty, new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 });
        DicomHeader header = DicomFile.ReadHeader(
            DicomFileWriter.ToBytes(image, TransferSyntax.Of(Uid.Parse("1.2.840.10008.1.2.4.50"))));
        Assert.That(
            Deidentifier.Apply(header, Options(s_corner)),
            Is.EqualTo(new DeidentificationOutcome.Refused(DeidentificationRefusal.PixelsCompressed)));
        Assert.That(
            Deidentifier.Apply(header, Options(new PixelCleaning { OutsideDeclaredRegions = true })),
            Is.InstanceOf<DeidentificationOutcome.Done>());
    }

    [Test]
    public void An_overlay_in_unused_bits_is_never_called_clean()
    {
        DicomDataSet image = Image(Us).Add(new DicomTag(0x6000, 0x0102), 12);
        Assert.That(Refusal(image, s_corner), Is.EqualTo(DeidentificationRefusal.OverlayInPixelData));
        DeidentificationOutcome.Done taken = Deidentified.Done(image, Options(s_corner) with { AllowBurnedIn = true });
        Assert.That(Codes(taken), Does.Not.Contain("113101"));
        Assert.That(taken.DataSet.Contains(DicomTags.BurnedInAnnotation), Is.False);
        Assert.That(taken.Warnings, Does.Contain(DeidentificationWarning.BurnedInAnnotationKept));
    }

    private static DicomDataSet Image(string sopClass) => DeidentificationSample.Image()
        .Add(DicomTags.SOPClassUID, Uid.Parse(sopClass))
        .Add(DicomTags.Modality, sopClass == Us ? "US" : "CT")
        .Add(DicomTags.SamplesPerPixel, 1)
        .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
        .Add(DicomTags.NumberOfFrames, 2)
        .Add(DicomTags.Rows, 4)
        .Add(DicomTags.Columns, 4)
        .Add(DicomTags.BitsAllocated, 16)
        .Add(DicomTags.PixelData, DicomVr.OW, new byte[64]);

    private static DeidentificationOptions Options(PixelCleaning cleaning) =>
        Deidentified.With(ConfidentialityOption.CleanPixelData) with { Pixels = cleaning };

    private static DeidentificationOutcome.Done Done(DicomDataSet image, PixelCleaning cleaning) =>
        Deidentified.Done(image, Options(cleaning));

    private static DeidentificationRefusal? Refusal(DicomDataSet image, PixelCleaning cleaning, bool allowBurnedIn = false) =>
        (Deidentified.Apply(image, Options(cleaning) with { AllowBurnedIn = allowBurnedIn })
            as DeidentificationOutcome.Refused)?.Reason;

    private static string?[] Codes(DeidentificationOutcome.Done done) =>
        [.. done.DataSet.GetSequence(DicomTags.DeidentificationMethodCodeSequence).Select(code => code.GetString(DicomTags.CodeValue))];
}
