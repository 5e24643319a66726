using RecordHub.Documents.Types;

namespace RecordHub.Documents.Tests;

public sealed class SubjectAndTitleTests
{
    [TestCase("Patient Name: Anna Muster   DOB: 03/25/1965   Sex: F", "Anna Muster", "1965-03-25")]
    [TestCase("Patientin: Anna Muster\nGeburtsdatum: 12.03.1965", "Anna Muster", "1965-03-12")]
    [TestCase("Nom du patient : Anne Dupont\nDate de naissance : 04/03/1965", "Anne Dupont", "1965-03-04")]
    [TestCase("Paciente: Ana García\nFecha de nacimiento: 4 de marzo de 1965", "Ana García", "1965-03-04")]
    [TestCase("wir berichten über Ihre Patientin Frau Anna Muster, geb. 12.03.1965, wohnhaft in", "Anna Muster", "1965-03-12")]
    [TestCase("Patient: Anna Muster\nDOB: March 4, 1965", "Anna Muster", "1965-03-04")]
    public void Labelled_lines_name_the_patient(string text, string name, string born)
    {
        DocumentSubject subject = Reading.One(DocumentKind.PlainText, text).Subjects.Single();

        Assert.Multiple(() =>
        {
            Assert.That(subject.Evidence, Is.EqualTo(SubjectEvidence.LabelledText));
            Assert.That(subject.Names.Single().Text, Is.EqualTo(name));
            Assert.That(subject.BirthDate?.Day?.ToString("yyyy-MM-dd", null), Is.EqualTo(born));
        });
    }

    [TestCase("Last name: Muster\nFirst name: Anna Maria\nMRN: A-4711", "Muster", "Anna")]
    [TestCase("Nachname: Muster  Vorname: Anna\nPatienten-ID: 4711", "Muster", "Anna")]
    [TestCase("Patient: MUSTER, Anna Maria (F)\nPatient ID: 4711", "MUSTER", "Anna")]
    public void Split_names_stay_split(string text, string family, string given)
    {
        DocumentSubject subject = Reading.One(DocumentKind.PlainText, text).Subjects.Single();

        Assert.Multiple(() =>
        {
            Assert.That(subject.Names.Single().Family, Is.EqualTo(family));
            Assert.That(subject.Names.Single().Given[0], Is.EqualTo(given));
            Assert.That(subject.Identifiers.Single().Value, Does.Contain("4711"));
        });
    }

    [TestCase("The patient is a 54 year old man.")]
    [TestCase("Patient: presented with fever and cough")]
    [TestCase("Name: Gregory House")]
    [TestCase("Medication name: Aspirin")]
    [TestCase("Patient: 54-year-old male")]
    public void Anything_less_than_a_plain_label_names_nobody(string text)
    {
        Assert.That(Reading.One(DocumentKind.PlainText, text).Subjects, Is.Empty);
    }

    [TestCase("Patient: Anna Muster, geb. 12.03.1965")]
    [TestCase("Patientin: Muster, Anna, geb. am 12.03.1965")]
    public void A_labelled_name_may_be_followed_by_its_birth_date(string text)
    {
        DocumentSubject subject = Reading.One(DocumentKind.PlainText, text).Subjects.Single();

        Assert.That(subject.Names, Has.Count.EqualTo(1));
        Assert.That(subject.BirthDate!.Local, Is.EqualTo(new DateTime(1965, 3, 12)));
    }

    [TestCase("Patient: Anna Muster\nPatient: Berta Muster")]
    [TestCase("Patient: Anna Muster\nDOB: 1965-03-12\nDOB: 1965-03-13")]
    [TestCase("MRN: 4711\nMRN: 4712")]
    public void Two_answers_are_no_answer(string text)
    {
        ExtractedDocument document = Reading.One(DocumentKind.PlainText, text);

        Assert.Multiple(() =>
        {
            Assert.That(document.Subjects, Is.Empty);
            Assert.That(document.WarningNames(), Does.Contain("subject-ambiguous"));
        });
    }

    [Test]
    public void The_same_answer_twice_is_one()
    {
        Assert.That(Reading.One(DocumentKind.PlainText, "Patient: Anna Müller\npage 2\nPatient: Müller Anna").Subjects, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_date_that_could_be_either_month_is_known_to_the_year()
    {
        DocumentSubject subject = Reading.One(DocumentKind.PlainText, "Patient: Anna Muster\nDOB: 03/04/1965").Subjects.Single();

        Assert.That(subject.BirthDate, Is.EqualTo(new DocumentDate("03/04/1965", new DateTime(1965, 1, 1), DatePrecision.Year)));
    }

    [TestCase("PATHOLOGY REPORT", "11526-1")]
    [TestCase("Histologischer Befund vom 12.3.2024", "11526-1")]
    [TestCase("Compte rendu opératoire", "11504-8")]
    [TestCase("Informe de alta", "18842-5")]
    [TestCase("*** Discharge Summary ***", "18842-5")]
    [TestCase("Radiology Report: CT Thorax", "18748-4")]
    [TestCase("Entlassungsbrief", "18842-5")]
    [TestCase("Röntgenbefund", "18748-4")]
    public void Plain_titles_state_a_type(string title, string loinc)
    {
        Assert.That(TitleWords.Find(title), Is.EqualTo(loinc));
    }

    [TestCase("The pathology report was sent yesterday")]
    [TestCase("Pathology report pending, see below and call back")]
    [TestCase("Consultation fee")]
    [TestCase("")]
    public void Sentences_state_no_type(string title)
    {
        Assert.That(TitleWords.Find(title), Is.Null);
    }
}
