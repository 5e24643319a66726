using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>Reports, annotations, overlays and documents.</summary>
public class StructuredContentTests
{
    private static readonly DicomTag s_overlayRows = new(0x6000, 0x0010);
    private static readonly DicomTag s_overlayType = new(0x6000, 0x0040);
    private static readonly DicomTag s_overlayLabel = new(0x6000, 0x1500);
    private static readonly DicomTag s_overlayData = new(0x6000, 0x3000);

    [Test]
    public void Without_the_option_nothing_of_a_report_is_left()
    {
        IReadOnlyList<DicomDataSet> content = Deidentified.DataSet(Report()).GetSequence(DicomTags.ContentSequence);
        Assert.That(content, Has.Count.EqualTo(1));
        Assert.That(content[0].GetString(DicomTags.ValueType), Is.EqualTo("TEXT"));
        Assert.That(content[0].GetString(DicomTags.TextValue), Is.EqualTo("Removed by de-identification"));
    }

    [Test]
    public void With_the_option_numbers_and_codes_stay_and_texts_names_and_dates_do_not()
    {
        DicomDataSet report = Deidentified.DataSet(Report(), ConfidentialityOption.CleanStructuredContent);
        IReadOnlyList<DicomDataSet> content = report.GetSequence(DicomTags.ContentSequence);
        Assert.That(content[0].GetString(DicomTags.TextValue), Is.EqualTo("ANONYMIZED"));
        Assert.That(content[1].GetString(DicomTags.PersonName), Is.EqualTo("ANONYMIZED^ANONYMIZED"));
        Assert.That(content[2].GetSequence(DicomTags.MeasuredValueSequence)[0].GetString(DicomTags.NumericValue), Is.EqualTo("12"));
        Assert.That(content[3].GetString(DicomTags.Date), Is.EqualTo("19000101"));
        Assert.That(content[4].GetUid(DicomTags.UID), Is.EqualTo(report.GetUid(DicomTags.SOPInstanceUID)));
        Assert.That(content[5].GetSequence(DicomTags.ContentSequence)[0].GetString(DicomTags.TextValue), Is.EqualTo("ANONYMIZED"));
    }

    [Test]
    public void The_person_who_verified_a_report_is_replaced_inside_the_sequence_that_must_stay()
    {
        DicomDataSet observer = Deidentified.DataSet(Report()).GetSequence(DicomTags.VerifyingObserverSequence)[0];
        Assert.That(observer.GetString(DicomTags.VerifyingObserverName), Is.EqualTo("ANONYMIZED^ANONYMIZED"));
        Assert.That(observer.GetString(DicomTags.VerifyingOrganization), Is.EqualTo("ANONYMIZED"));
    }

    [Test]
    public void Annotations_lose_their_drawing_unless_graphics_are_cleaned()
    {
        DicomDataSet state = DeidentificationSample.Image().Add(
            DicomTags.GraphicAnnotationSequence,
            new DicomDataSet()
                .Add(DicomTags.GraphicLayer, "ONE")
                .Add(DicomTags.TextObjectSequence, new DicomDataSet().Add(DicomTags.UnformattedTextValue, "axial Musterfrau"))
                .Add(DicomTags.GraphicObjectSequence, new DicomDataSet().Add(DicomTags.GraphicType, "POLYLINE")));
        DicomDataSet basic = Deidentified.DataSet(state).GetSequence(DicomTags.GraphicAnnotationSequence)[0];
        DicomDataSet cleaned = Deidentified.DataSet(state, ConfidentialityOption.CleanGraphics)
            .GetSequence(DicomTags.GraphicAnnotationSequence)[0];
        Assert.That(basic.Contains(DicomTags.GraphicObjectSequence), Is.False);
        Assert.That(basic.GetString(DicomTags.GraphicLayer), Is.EqualTo("ONE"));
        Assert.That(TextOf(basic), Is.EqualTo("ANONYMIZED"));
        Assert.That(cleaned.Contains(DicomTags.GraphicObjectSequence), Is.True);
        Assert.That(TextOf(cleaned), Is.EqualTo("ANONYMIZED"));
    }

    [Test]
    public void Of_overlays_only_a_region_stays_and_only_if_graphics_are_cleaned()
    {
        Assert.That(Deidentified.DataSet(Overlay("R")).Contains(s_overlayRows), Is.False, "the whole plane");
        DicomDataSet region = Deidentified.DataSet(Overlay("R"), ConfidentialityOption.CleanGraphics);
        DicomDataSet graphics = Deidentified.DataSet(Overlay("G"), ConfidentialityOption.CleanGraphics);
        Assert.That(region.Contains(s_overlayData), Is.True);
        Assert.That(region.Contains(s_overlayLabel), Is.False);
        Assert.That(graphics.Contains(s_overlayData), Is.False);
    }

    [Test]
    public void What_cannot_be_cleaned_is_refused_with_its_reason()
    {
        DicomDataSet burnedIn = DeidentificationSample.Image().Add(DicomTags.BurnedInAnnotation, "YES");
        DicomDataSet overlay = DeidentificationSample.Image().Add(new DicomTag(0x6000, 0x0102), 12);
        Assert.That(Reason(burnedIn), Is.EqualTo(DeidentificationRefusal.BurnedInAnnotation));
        Assert.That(Reason(overlay), Is.EqualTo(DeidentificationRefusal.OverlayInPixelData));
        Assert.That(Reason(Document("application/pdf")), Is.EqualTo(DeidentificationRefusal.EncapsulatedDocument));
        Assert.That(
            Deidentified.Done(burnedIn, Deidentified.With() with { AllowBurnedIn = true }).Warnings,
            Is.EqualTo(new[] { DeidentificationWarning.BurnedInAnnotationKept }));
    }

    [Test]
    public void A_document_is_replaced_by_an_empty_one_of_its_kind_on_demand()
    {
        DeidentificationOptions replacing = Deidentified.With() with { ReplaceDocuments = true };
        DicomDataSet result = Deidentified.Done(Document("application/pdf"), replacing).DataSet;
        string pdf = System.Text.Encoding.ASCII.GetString(result.GetBytes(DicomTags.EncapsulatedDocument).Span);
        Assert.That(pdf, Does.StartWith("%PDF-1.4").And.Contains("startxref").And.Not.Contains("Musterfrau"));
        Assert.That(
            Deidentified.Apply(Document("model/stl"), replacing),
            Is.EqualTo(new DeidentificationOutcome.Refused(DeidentificationRefusal.EncapsulatedDocument)));
    }

    private static string? TextOf(DicomDataSet annotation) =>
        annotation.GetSequence(DicomTags.TextObjectSequence)[0].GetString(DicomTags.UnformattedTextValue);

    private static DeidentificationRefusal Reason(DicomDataSet source) =>
        ((DeidentificationOutcome.Refused)Deidentified.Apply(source, Deidentified.With())).Reason;

    private static DicomDataSet Document(string type) => DeidentificationSample.Image()
        .Add(DicomTags.MIMETypeOfEncapsulatedDocument, type)
        .Add(DicomTags.EncapsulatedDocument, DicomVr.OB, "%PDF-1.4 Musterfrau"u8.ToArray());

    private static DicomDataSet Overlay(string type) => DeidentificationSample.Image()
        .Add(s_overlayRows, 4)
        .Add(s_overlayType, type)
        .Add(s_overlayLabel, "Musterfrau")
        .Add(s_overlayData, DicomVr.OW, new byte[2]);

    private static DicomDataSet Report() => DeidentificationSample.Image()
        .Add(DicomTags.VerifyingObserverSequence, new DicomDataSet()
            .Add(DicomTags.VerifyingOrganization, "Musterklinik")
            .Add(DicomTags.VerifyingObserverName, "Beispiel^Bernd"))
        .Add(
            DicomTags.ContentSequence,
            Content("TEXT").Add(DicomTags.TextValue, "Liver lesion 12 mm, seen by Dr. Beispiel on 2024-02-28"),
            Content("PNAME").Add(DicomTags.PersonName, "Beispiel^Bernd"),
            Content("NUM").Add(DicomTags.MeasuredValueSequence, new DicomDataSet().Add(DicomTags.NumericValue, "12")),
            Content("DATE").Add(DicomTags.Date, "20240228"),
            Content("UIDREF").Add(DicomTags.UID, Uid.Parse("1.2.3.4")),
            Content("CONTAINER").Add(DicomTags.ContentSequence, Content("TEXT").Add(DicomTags.TextValue, "Frau Musterfrau")));

    private static DicomDataSet Content(string type) => new DicomDataSet().Add(DicomTags.ValueType, type);
}
