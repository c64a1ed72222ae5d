//! What the page answers by itself.

use std::rc::Rc;

use onenet::Generation;
use onenet::rules::Readings;
use onenet::studio::ThingModel;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::browser;
use crate::feed::{AutoReply, ReplyField};
use crate::locale::Language;
use crate::upload::Sender;
use crate::widgets::{Field, Tick};

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct AutoRepliesProps {
    pub(super) language: Language,
    pub(super) replies: Vec<AutoReply>,
    pub(super) stopped: bool,
    /// Which rules hold for answers; none where the device is not at OneNET.
    pub(super) readings: Option<Readings>,
    pub(super) sender: Sender,
    pub(super) model: Option<Rc<ThingModel>>,
    pub(super) on_edit: Callback<Vec<AutoReply>>,
}

/// The answers, each with its switch. The first that matches a message is given.
#[component]
pub(super) fn AutoReplies(props: &AutoRepliesProps) -> Html {
    let AutoRepliesProps { language, replies, stopped, readings, sender, model, on_edit } = props;
    let generation = sender.generation;
    let words = language.words();
    let on_edit_one = |index: usize| {
        let replies = replies.clone();
        on_edit.reform(move |reply: Option<AutoReply>| {
            let mut replies = replies.clone();
            match reply {
                Some(reply) => replies[index] = reply,
                None => drop(replies.remove(index)),
            }
            replies
        })
    };
    let on_add = {
        let replies = replies.clone();
        on_edit.reform(move |_| {
            let mut replies = replies.clone();
            replies.push(AutoReply::blank(generation));
            replies
        })
    };
    let on_services = {
        let (replies, model) = (replies.clone(), model.clone());
        on_edit.reform(move |_| {
            AutoReply::for_services(&replies, model.iter().flat_map(|model| &model.services))
        })
    };
    let has_services = model.as_ref().is_some_and(|model| !model.services.is_empty());
    // Those for other protocols are kept, and never fit.
    let suiting = || replies.iter().enumerate().filter(|(_, reply)| reply.suits(generation));
    let working = suiting().filter(|(_, reply)| reply.on).count();
    html! {
        <>
            if *stopped {
                <p class="warning" id="replies-stopped" role="alert">{ words.replies_stopped }</p>
            }
            <details class="auto-replies">
                <summary id="auto-replies">{ (words.auto_replies)(working) }</summary>
                <p class="hint">
                    { if generation.has_tokens() { words.arrival.auto_reply_hint } else { words.auto_reply_hint } }
                </p>
                for (index, reply) in suiting() {
                    <ReplyForm
                        key={index} language={*language} {index} reply={reply.clone()} readings={*readings}
                        sender={sender.clone()} model={model.clone()}
                        on_edit={on_edit_one(index)}
                    />
                }
                <button type="button" class="quiet" onclick={on_add}>{ words.add }</button>
                if has_services && generation == Generation::Studio {
                    <button type="button" class="quiet" id="service-replies" onclick={on_services}>
                        { words.arrival.service_replies }
                    </button>
                }
            </details>
        </>
    }
}

/// What the form shows and gives.
#[derive(Debug, PartialEq, Properties)]
struct ReplyFormProps {
    language: Language,
    index: usize,
    reply: AutoReply,
    readings: Option<Readings>,
    sender: Sender,
    model: Option<Rc<ThingModel>>,
    /// Called with the edited answer; with nothing to remove it.
    on_edit: Callback<Option<AutoReply>>,
}

/// One answer.
#[component]
fn ReplyForm(props: &ReplyFormProps) -> Html {
    let ReplyFormProps { language, index, reply, readings, sender, model, on_edit } = props;
    let words = language.words();
    let id = |name: &str| AttrValue::from(format!("reply-{name}-{}", index + 1));
    let edit = |set: fn(&mut AutoReply, String)| {
        let reply = reply.clone();
        on_edit.reform(move |text| {
            let mut reply = reply.clone();
            set(&mut reply, text);
            Some(reply)
        })
    };
    let topic_problem = |problem| AttrValue::from((words.topic_problem)(problem));
    let problems = reply.problems(sender, model.as_deref(), readings.as_ref());
    let warning = |field: ReplyField| {
        let problem = problems.iter().find(|problem| problem.field() == field)?;
        Some(AttrValue::from((words.arrival.reply_problem)(problem)))
    };
    let on_tick = {
        let reply = reply.clone();
        on_edit.reform(move |on| Some(AutoReply { on, ..reply.clone() }))
    };
    let on_remove = on_edit.reform(|_| {
        browser::focus("auto-replies");
        None
    });
    html! {
        <fieldset class="reply">
            <div class="row">
                <Tick id={id("on")} label={words.auto_reply_on} checked={reply.on} {on_tick} />
                <button type="button" class="quiet" onclick={on_remove}>{ words.remove }</button>
            </div>
            <div class="row">
                <Field
                    id={id("filter")} label={words.reply_filter} value={reply.filter.clone()}
                    on_input={edit(|reply, text| reply.filter = text)}
                    error={session::check_filter(&reply.filter).err().map(topic_problem)}
                />
                <Field
                    id={id("topic")} label={words.reply_topic} value={reply.topic.clone()}
                    on_input={edit(|reply, text| reply.topic = text)}
                    error={session::check_topic(&reply.topic).err().map(topic_problem)}
                    warning={warning(ReplyField::Topic)}
                />
            </div>
            <Field
                id={id("text")} label={words.reply_text} value={reply.text.clone()} lines=2
                on_input={edit(|reply, text| reply.text = text)} warning={warning(ReplyField::Text)}
            />
        </fieldset>
    }
}
